import './log/quiet';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { createLocalAdapter } from '../adapters/local/adapter';
import { createSlackAdapter } from '../adapters/slack/adapter';
import type { ChatAdapter, TurnInbox } from './chat/adapter';
import { type CommandLine, parseCommandLine, USAGE } from './cli/command-line';
import { runDoctor } from './cli/doctor';
import { faultLines, startupLines } from './cli/startup';
import { type Connectors, createConnectors } from './connectors';
import type { ConsentHandler } from './consent/consent';
import { createConsentHandler } from './consent/consent-handler';
import { createConsentGate } from './consent/gate';
import { createDispatcher } from './dispatch/dispatcher';
import { createEgress } from './egress/egress';
import { installCrashGuard } from './log/crash';
import type { Log } from './log/log';
import { createLog } from './log/pino-log';
import { createDataHandlingPage } from './server/data-handling';
import { createServer, ListenError } from './server/server';
import { allowedHosts } from './settings/allowed-hosts';
import { briefingOf } from './settings/briefing';
import { consentPolicyOf } from './settings/consent-policy';
import { dataKey } from './settings/data-key';
import { loadSettings } from './settings/load-settings';
import { openSecret } from './settings/secret-value';
import { type Settings, SettingsError } from './settings/settings';
import { createSqliteStore, type Store } from './store/sqlite-store';
import { StoreError } from './store/store-error';
import { sealText } from './text/text';
import { INSTRUCTIONS } from './vendors/instructions';

/** How long a shutdown lets answers finish, in milliseconds. */
const DRAIN_MS = 20_000;

const root = rootOf(__dirname);
const print = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

void start(parseCommandLine(process.argv.slice(2))).catch((error: unknown) => {
  print(...refusalLines(error));
  process.exit(1);
});

async function start(command: CommandLine): Promise<void> {
  switch (command.do) {
    case 'help':
      return print(USAGE);
    case 'version':
      return print(String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version));
    case 'unknown':
      print(`dejiren: there is no command “${command.word}”.`, '', USAGE);
      process.exitCode = 2;
      return;
    case 'doctor':
      return doctor();
    case 'ledger-verify':
      return verifyLedger();
    case 'serve':
      return serve(readSettings());
  }
}

async function serve(settings: Settings): Promise<void> {
  const log = createLog({ level: settings.logLevel });
  installCrashGuard(log);
  const store = openStore(settings, log);
  const egress = createEgress({ hosts: allowedHosts(settings) });
  const vendors = await createConnectors(settings, egress.fetch, log);

  const consentParts = {
    ledger: store.ledger,
    notices: vendors.notices,
    policy: consentPolicyOf(settings),
    defaultVendor: vendors.default,
    now: Date.now,
    log,
  };
  const gate = createConsentGate(consentParts);
  const consent: ConsentHandler = createConsentHandler({
    ...consentParts,
    noticeFirst: settings.consent.noticeFirst,
    onWithdrawal: (person, vendor) => dispatcher.withdraw(person, vendor),
  });
  const { limits } = settings;
  const dispatcher = createDispatcher({
    register: store.turns,
    gate,
    consent,
    connectors: vendors.connectors,
    fallback: settings.vendors.fallback,
    briefing(turn, vendor) {
      const { instructions, model } = briefingOf(settings, turn.person.tenant, turn.conversation.id, vendor);
      return { instructions: sealText([INSTRUCTIONS, ...instructions].join('\n')), ...(model && { model }) };
    },
    context: settings.context,
    contextLimits: { messages: limits.contextMessages, characters: limits.contextCharacters },
    turnLimits: limits,
    concurrency: { running: limits.turnsAtOnce, waiting: limits.turnsWaiting },
    questionCharacters: limits.questionCharacters,
    answerCharacters: limits.answerCharacters,
    linkHosts: settings.linkHosts,
    log,
    now: Date.now,
  });

  const adapters = createAdapters(settings, {
    inbox: dispatcher,
    consent,
    vendors,
    gate,
    log,
    send: egress.fetch,
  });
  const server = createServer({
    ...settings.http,
    routes: [...adapters.flatMap(({ routes }) => routes), createDataHandlingPage([...vendors.notices.values()])],
    ready: () => store.ready() && adapters.every((adapter) => adapter.ready()),
    log,
  });

  const { url } = await server.start();
  await Promise.all(adapters.map((adapter) => adapter.start()));
  stopOnSignals(async () => {
    await Promise.all(adapters.map((adapter) => adapter.stop()));
    await dispatcher.drain(DRAIN_MS);
    await server.stop(1_000);
    egress.close();
    store.close();
  }, log);
  print(...startupLines({ ...runningOf(settings, vendors), url }));
  await vendors.warm();
}

interface AdapterParts {
  readonly inbox: TurnInbox;
  readonly consent: ConsentHandler;
  readonly gate: ReturnType<typeof createConsentGate>;
  readonly vendors: Connectors;
  readonly log: Log;
  readonly send: typeof fetch;
}

/** The platforms that are set up; each loads its SDK when it starts. */
function createAdapters(settings: Settings, parts: AdapterParts): readonly ChatAdapter[] {
  const { inbox, consent, gate, vendors, log, send } = parts;
  const adapters: ChatAdapter[] = [];
  if (settings.slack !== undefined) {
    const { connection, botToken, apiUrl } = settings.slack;
    adapters.push(
      createSlackAdapter({
        connection:
          connection.mode === 'http'
            ? { mode: 'http', signingSecret: openSecret(connection.signingSecret) }
            : { mode: 'socket', appToken: openSecret(connection.appToken) },
        botToken: openSecret(botToken),
        apiUrl,
        fetch: send,
        language: settings.language,
        inbox,
        consent,
        log,
      }),
    );
  }
  if (settings.local) {
    adapters.push(
      createLocalAdapter({
        inbox,
        consent,
        log,
        pageDir: join(root, 'dist', 'page'),
        vendorLine: async (person) => {
          const notice = vendors.notices.get(await gate.vendorInEffect(person));
          return notice && { ...notice.route, vendorName: notice.vendorName };
        },
      }),
    );
  }
  return adapters;
}

function readSettings(): Settings {
  return loadSettings({
    environment: process.env,
    workingDir: process.cwd(),
    readFile: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
  });
}

function openStore(settings: Settings, log: Log): Store {
  const secret = dataKey(settings.dataDir, settings.secret);
  return createSqliteStore({ path: settings.databasePath, secret, log });
}

function runningOf(settings: Settings, vendors: Connectors) {
  const notice = vendors.notices.get(vendors.default);
  const { endpoint = 'none', region = '', model = '' } = notice?.route ?? {};
  return {
    local: settings.local,
    slack: settings.slack?.connection.mode,
    vendor: { name: notice?.vendorName ?? vendors.default, endpoint, region, model },
    consentMode: settings.consent.mode,
    databasePath: settings.databasePath,
    language: settings.language,
  };
}

async function doctor(): Promise<void> {
  const silent = createLog({ level: 'silent' });
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
  process.exitCode = well ? 0 : 1;
}

async function verifyLedger(): Promise<void> {
  const store = openStore(readSettings(), createLog({ level: 'silent' }));
  const result = await store.ledger.verify();
  store.close();
  print(
    result.intact
      ? `The chain is whole: ${result.head.seq} rows, head ${result.head.hash}`
      : `The chain is broken: ${result.code} at row ${result.seq}`,
  );
  process.exitCode = result.intact ? 0 : 1;
}

/** What an operator reads when the start is refused: never a foreign error's words. */
function refusalLines(error: unknown): readonly string[] {
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

function stopOnSignals(stop: () => Promise<void>, log: Log): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      log.info('stopping', { signal });
      void stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
}

/** The folder with package.json, from `src` as from `dist`. */
function rootOf(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootOf(dirname(folder));
}
