import { existsSync } from 'node:fs';
import process from 'node:process';
import type { CommandLine, OperatorCommand } from './cli/command-line';
import { runDoctor } from './cli/doctor';
import { readInput } from './cli/input';
import { type Installation, installationOf, looking } from './cli/installation';
import { type LedgerCommand, runLedgerCommand, sealLine } from './cli/ledger';
import { checkJson, checkLines, checkStatus, diffLines, overdueLines, servedSince } from './cli/notices';
import { FileError } from './cli/output';
import { type LedgerFinding, lookUpRows, proofLines, proofStatus } from './cli/receipt';
import { roomFor } from './cli/room';
import { faultLines } from './cli/startup';
import type { Notice } from './consent/notice';
import { createEgress } from './egress/egress';
import type { ProxyAddresses } from './egress/exchange';
import { errorClassOf } from './log/error-class';
import { createLog } from './log/pino-log';
import { DejirenError, isFailure } from './model/errors';
import { openSecret, type Secret } from './model/secret';
import { checkSources, sourceHosts } from './notices/check-sources';
import { noticesInForce } from './notices/in-force';
import { readJwks } from './proof/jws';
import { type ProofReading, readProof } from './proof/read-proof';
import { allowedHosts } from './settings/allowed-hosts';
import { dataKey } from './settings/data-key';
import { noticePracticeOf } from './settings/notice-practice';
import { readSettings } from './settings/read-settings';
import { type Settings, SettingsError } from './settings/settings';
import { vendorsWishOf } from './settings/vendor-settings';
import { openStore } from './store/open-store';
import { connectVendors } from './vendors/connect';
import { DATA_HANDLING } from './vendors/registry';

type Print = (...lines: readonly string[]) => void;

/** Resolves to the exit status. Rejects as a start does, where the settings or the store are not well. */
export async function runCommand(command: OperatorCommand, print: Print): Promise<number> {
  switch (command.do) {
    case 'doctor':
      return doctor(print);
    case 'ledger-verify':
    case 'ledger-seal':
    case 'ledger-head':
    case 'ledger-export':
    case 'ledger-report':
      return ledgerCommand(command, print);
    case 'receipt-verify':
      return verifyReceipt(command, print);
    case 'notices-check':
      return checkNotices(command.json, print);
    case 'notices-diff':
      return diffNotices(command.since, print);
  }
}

/** The proxy of the settings, for the way out. */
export function proxyFor({ proxy }: Settings): ProxyAddresses | undefined {
  const open = (address: Secret | undefined): string | undefined => address && openSecret(address);
  return proxy && { http: open(proxy.http), https: open(proxy.https), except: proxy.except };
}

/** What an operator reads when the start is refused: never a foreign error's words. */
export function refusalLines(error: unknown, command: CommandLine['do'] = 'serve'): readonly string[] {
  if (error instanceof SettingsError) return faultLines(error.faults);
  if (error instanceof DejirenError && error.advice !== undefined)
    return [`dejiren${command === 'serve' ? ' did not start' : ''}: ${error.advice}`];
  return [`dejiren did not start (${errorClassOf(error)}).`];
}

const silent = createLog({ level: 'silent' });

async function doctor(print: Print): Promise<number> {
  let settings: Settings | undefined;
  const well = await runDoctor(
    [
      {
        name: 'Node',
        run: async () => ({
          well: Number(process.versions.node.split('.')[0]) >= 24,
          found: process.versions.node,
          advice: 'Node 24 or newer is needed; npm scripts bring their own.',
        }),
      },
      {
        name: 'Settings',
        run: async () => {
          try {
            settings = readSettings();
            return { well: true, found: 'fit' };
          } catch (error) {
            return { well: false, found: 'do not fit', advice: refusalLines(error).join('\n    ') };
          }
        },
      },
      {
        name: 'Data folder',
        run: async () => {
          if (settings === undefined)
            return { well: false, found: 'not looked at', advice: 'Mend the settings first.' };
          const room = roomFor(settings.databasePath);
          const found = {
            enough: 'can be written',
            'not-writable': 'cannot be written',
            full: 'is on a disk that is full',
          };
          return {
            well: room === 'enough',
            found: found[room],
            advice: 'Check DEJIREN_DATA_DIR, its owner and its disk.',
          };
        },
      },
      {
        name: 'Store and ledger',
        run: async () => {
          if (settings === undefined)
            return { well: false, found: 'not looked at', advice: 'Mend the settings first.' };
          const result = await looking(installationOf(settings), async (store) => store?.ledger.verify()).catch(
            (error: unknown) => {
              if (isFailure(error, 'store', 'older-schema')) return error.code;
              throw error;
            },
          );
          if (result === undefined)
            return { well: true, found: `none yet: the first start makes ${settings.databasePath}` };
          if (result === 'older-schema')
            return { well: true, found: 'of an earlier version: the next start brings it up to date' };
          return result.intact
            ? { well: true, found: `${result.head.seq} rows, chain whole` }
            : {
                well: false,
                found: `${result.code} at row ${result.seq}`,
                advice:
                  result.code === 'head-unsealed'
                    ? 'The ledger is of an earlier version: dejiren ledger seal takes it over. Nothing is sent before.'
                    : 'Restore a backup: nothing is sent while the ledger does not fit.',
              };
        },
      },
    ],
    print,
  );
  return well ? 0 : 1;
}

async function ledgerCommand(command: LedgerCommand, print: Print): Promise<number> {
  const settings = readSettings();
  if (command.do === 'ledger-seal') return sealLedger(settings, print);
  return looking(installationOf(settings), async (store, installation) => {
    if (store === undefined || installation === undefined) throw noLedger(settings);
    const { ledger, audit } = { ledger: store.ledger, audit: () => store.audit };
    return runLedgerCommand(command, { ledger, audit, keys: installation.keys, print, now: Date.now });
  });
}

/** The one command that writes: it takes over what an earlier version left. */
async function sealLedger(settings: Settings, print: Print): Promise<number> {
  if (!existsSync(settings.databasePath)) throw noLedger(settings);
  const store = await openStore({ path: settings.databasePath, secret: dataKey(settings), log: silent });
  const result = await store.ledger.seal();
  await store.close();
  print(sealLine(result));
  return result.intact ? 0 : 1;
}

function noLedger({ databasePath }: Settings): FileError {
  return new FileError(
    `There is no ledger yet: the first start makes ${databasePath}. Is DEJIREN_DATA_DIR the right one?`,
  );
}

/** Asks nobody, and makes nothing: an auditor has a receipt and a set of keys, and maybe no dejiren at all. */
async function verifyReceipt(
  { file, jwks }: Extract<OperatorCommand, { do: 'receipt-verify' }>,
  print: Print,
): Promise<number> {
  const words = readInput(file);
  const given = jwks === undefined ? undefined : readJwks(readInput(jwks));
  if (jwks !== undefined && given === undefined) throw new FileError(`${jwks} is no set of keys (JWKS).`);
  const own = ownInstallation(given !== undefined);
  if (given === undefined && own === undefined)
    throw new FileError(
      'There is no dejiren in this folder, whose keys could be asked. Name a set of keys by --jwks FILE.',
    );
  const reading = await readProof(words, given ?? own?.keys.published ?? []);
  const finding = await lookUp(reading, own);
  print(...proofLines(reading, finding));
  return proofStatus(reading, finding);
}

/** This installation, where there is one; whoever brings keys along may have settings that do not fit here. */
function ownInstallation(mayNotFit: boolean): Installation | undefined {
  try {
    return installationOf(readSettings());
  } catch (error) {
    if (mayNotFit) return undefined;
    throw error;
  }
}

async function lookUp(reading: ProofReading, own: Installation | undefined): Promise<LedgerFinding> {
  if (reading.kind === 'not-proven' || own?.keys.published.some(({ kid }) => kid === reading.kid) !== true)
    return { kind: 'not-at-hand' };
  return looking(own, async (store) => {
    if (store === undefined) return { kind: 'not-at-hand' };
    const chain = await store.ledger.verify();
    return chain.intact
      ? lookUpRows(reading.rows, store.audit.hashAt)
      : { kind: 'broken', code: chain.code, seq: chain.seq };
  });
}

async function noticesOf(settings: Settings): Promise<ReadonlyMap<string, Notice>> {
  const { fetch, close } = createEgress({ hosts: allowedHosts(settings), proxy: proxyFor(settings) });
  const { routes } = await connectVendors({ ...vendorsWishOf(settings), fetch, log: silent });
  close();
  return noticesInForce(routes, DATA_HANDLING, noticePracticeOf(settings));
}

async function checkNotices(json: boolean, print: Print): Promise<number> {
  const settings = readSettings();
  const notices = [...(await noticesOf(settings)).values()];
  const egress = createEgress({ hosts: sourceHosts(notices), redirects: 3, proxy: proxyFor(settings) });
  const findings = await checkSources(notices, { fetch: egress.fetch, signal: new AbortController().signal });
  egress.close();
  const today = new Date().toISOString().slice(0, 10);
  if (json) print(checkJson(findings, today));
  else print(...overdueLines(notices, today), ...checkLines(findings, today));
  return checkStatus(findings);
}

async function diffNotices(since: string | undefined, print: Print): Promise<number> {
  const settings = readSettings();
  const inForce = await noticesOf(settings);
  const served = await looking(installationOf(settings), async (store) =>
    servedSince(since, store?.ledger ?? NOTHING_SERVED),
  );
  print(...(served === undefined ? [`No notice that was served begins with ${since}.`] : diffLines(served, inForce)));
  return served === undefined ? 1 : 0;
}

const NOTHING_SERVED = { notice: async () => undefined, noticesAgreedTo: async () => [] };
