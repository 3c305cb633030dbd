import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import type { OperatorCommand } from './cli/command-line';
import { runDoctor } from './cli/doctor';
import { readInput } from './cli/input';
import { type LedgerCommand, runLedgerCommand } from './cli/ledger';
import { checkJson, checkLines, checkStatus, diffLines, overdueLines, servedSince } from './cli/notices';
import { FileError } from './cli/output';
import { type LedgerFinding, lookUpRows, proofLines, proofStatus } from './cli/receipt';
import { faultLines } from './cli/startup';
import { createConnectors } from './connectors';
import type { Notice } from './consent/notice';
import { createEgress } from './egress/egress';
import type { ProxyAddresses } from './egress/exchange';
import { errorClassOf } from './log/error-class';
import type { Log } from './log/log';
import { createLog } from './log/pino-log';
import { checkSources, sourceHosts } from './notices/check-sources';
import { readJwks } from './proof/jws';
import { type ProofReading, readProof } from './proof/read-proof';
import { deriveSigningKeys, type SigningKeys } from './proof/signing-keys';
import { ListenError } from './server/server';
import { allowedHosts } from './settings/allowed-hosts';
import { dataKey, hasDataKey } from './settings/data-key';
import { loadSettings } from './settings/load-settings';
import { openSecret, type Secret } from './settings/secret-value';
import { type Settings, SettingsError } from './settings/settings';
import { createSqliteStore, type Store } from './store/sqlite-store';
import { StoreError } from './store/store-error';

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

export function readSettings(): Settings {
  return loadSettings({
    environment: process.env,
    workingDir: process.cwd(),
    readFile: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
  });
}

export function openStore(settings: Settings, log: Log): Store {
  return createSqliteStore({ path: settings.databasePath, secret: secretOf(settings), log });
}

/** What receipts, exports and heads are signed with. */
export function signingKeysOf(settings: Settings): SigningKeys {
  return deriveSigningKeys(secretOf(settings), settings.signingKey);
}

function secretOf({ dataDir, databasePath, secret }: Settings): Uint8Array {
  return dataKey(dataDir, databasePath, secret);
}

/** The proxy of the settings, for the way out. */
export function proxyFor({ proxy }: Settings): ProxyAddresses | undefined {
  const open = (address: Secret | undefined): string | undefined => address && openSecret(address);
  return proxy && { http: open(proxy.http), https: open(proxy.https), except: proxy.except };
}

/** What an operator reads when the start is refused: never a foreign error's words. */
export function refusalLines(error: unknown): readonly string[] {
  if (error instanceof SettingsError) return faultLines(error.faults);
  if (error instanceof StoreError) return [`dejiren did not start: ${error.advice}`];
  if (error instanceof FileError) return [`dejiren: ${error.advice}`];
  if (error instanceof ListenError)
    return [
      `dejiren did not start: the address is ${error.code === 'in-use' ? 'in use by another program' : 'not to be had'}. Set HOST or PORT, for example PORT=3001.`,
    ];
  if (error instanceof Error && error.name === 'SetupError' && 'advice' in error)
    return [`dejiren did not start: ${String(error.advice)}`];
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
        name: 'Store and ledger',
        run: async () => {
          if (settings === undefined)
            return { well: false, found: 'not looked at', advice: 'Mend the settings first.' };
          const store = openStore(settings, silent);
          const result = await store.ledger.verify();
          store.close();
          return result.intact
            ? { well: true, found: `${result.head.seq} rows, chain whole` }
            : {
                well: false,
                found: `${result.code} at row ${result.seq}`,
                advice:
                  result.code === 'head-unsealed'
                    ? 'The ledger is of an earlier version: dejiren ledger seal takes it over. Nothing is sent before.'
                    : 'Restore a backup: nothing is sent while the chain is broken.',
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
  const keys = signingKeysOf(settings);
  const store = openStore(settings, silent);
  const status = await runLedgerCommand(command, { ...store, keys, print, now: Date.now });
  store.close();
  return status;
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
  const reading = readProof(words, given ?? own?.keys.published ?? []);
  const finding = own === undefined ? ({ kind: 'not-at-hand' } as const) : await lookUp(reading, own);
  print(...proofLines(reading, finding));
  return proofStatus(reading, finding);
}

interface Installation {
  readonly settings: Settings;
  readonly keys: SigningKeys;
}

/** This installation, where there is one; whoever brings keys along may have settings that do not fit here. */
function ownInstallation(mayNotFit: boolean): Installation | undefined {
  try {
    const settings = readSettings();
    return hasDataKey(settings.dataDir, settings.secret) ? { settings, keys: signingKeysOf(settings) } : undefined;
  } catch (error) {
    if (mayNotFit) return undefined;
    throw error;
  }
}

async function lookUp(reading: ProofReading, { settings, keys }: Installation): Promise<LedgerFinding> {
  const isOurs = reading.kind !== 'not-proven' && keys.published.some(({ kid }) => kid === reading.kid);
  if (!isOurs || !existsSync(settings.databasePath)) return { kind: 'not-at-hand' };
  const store = openStore(settings, silent);
  const chain = await store.ledger.verify();
  const found = chain.intact
    ? lookUpRows(reading.rows, store.audit.hashAt)
    : ({ kind: 'broken', code: chain.code, seq: chain.seq } as const);
  store.close();
  return found;
}

async function noticesInForce(settings: Settings): Promise<ReadonlyMap<string, Notice>> {
  const { fetch, close } = createEgress({ hosts: allowedHosts(settings), proxy: proxyFor(settings) });
  const { notices } = await createConnectors(settings, fetch, silent);
  close();
  return notices;
}

async function checkNotices(json: boolean, print: Print): Promise<number> {
  const settings = readSettings();
  const notices = [...(await noticesInForce(settings)).values()];
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
  const inForce = await noticesInForce(settings);
  const store = openStore(settings, silent);
  const served = await servedSince(since, store.ledger);
  store.close();
  print(...(served === undefined ? [`No notice that was served begins with ${since}.`] : diffLines(served, inForce)));
  return served === undefined ? 1 : 0;
}
