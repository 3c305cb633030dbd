import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import type { OperatorCommand } from './cli/command-line';
import { runDoctor } from './cli/doctor';
import { checkJson, checkLines, checkStatus, diffLines, overdueLines, servedSince } from './cli/notices';
import { faultLines } from './cli/startup';
import { createConnectors } from './connectors';
import type { Notice } from './consent/notice';
import { createEgress } from './egress/egress';
import type { ProxyAddresses } from './egress/exchange';
import type { Log } from './log/log';
import { createLog } from './log/pino-log';
import { checkSources, sourceHosts } from './notices/check-sources';
import { ListenError } from './server/server';
import { allowedHosts } from './settings/allowed-hosts';
import { dataKey } from './settings/data-key';
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
      return verifyLedger(print);
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
  const secret = dataKey(settings.dataDir, settings.databasePath, settings.secret);
  return createSqliteStore({ path: settings.databasePath, secret, log });
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
  if (error instanceof ListenError)
    return [
      `dejiren did not start: the address is ${error.code === 'in-use' ? 'in use by another program' : 'not to be had'}. Set HOST or PORT, for example PORT=3001.`,
    ];
  if (error instanceof Error && error.name === 'SetupError' && 'advice' in error)
    return [`dejiren did not start: ${String(error.advice)}`];
  return [`dejiren did not start (${error instanceof Error ? error.name : typeof error}).`];
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
                advice: 'Restore a backup: nothing is sent while the chain is broken.',
              };
        },
      },
    ],
    print,
  );
  return well ? 0 : 1;
}

async function verifyLedger(print: Print): Promise<number> {
  const store = openStore(readSettings(), silent);
  const result = await store.ledger.verify();
  store.close();
  print(
    result.intact
      ? `The chain is whole: ${result.head.seq} rows, head ${result.head.hash}`
      : `The chain is broken: ${result.code} at row ${result.seq}`,
  );
  return result.intact ? 0 : 1;
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
