import './log/quiet';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { createLocalAdapter } from '../adapters/local/adapter';
import { createSlackAdapter } from '../adapters/slack/adapter';
import { createTeamsAdapter } from '../adapters/teams/adapter';
import { type BotTokens, createBotTokens, forEachTenant } from '../adapters/teams/bot-tokens';
import { createTokenCheck } from '../adapters/teams/token-check';
import { runProgram } from './cli/program';
import { startupLines } from './cli/startup';
import { print } from './cli/terminal';
import type { ConsentHandler } from './consent/consent';
import { createConsentHandler } from './consent/consent-handler';
import { createConsentGate } from './consent/gate';
import type { Notice } from './consent/notice';
import { createDispatcher } from './dispatch/dispatcher';
import { createEgress } from './egress/egress';
import { createHostList } from './egress/hosts';
import { createAdminPage } from './http/admin-page';
import { createDataHandlingPage } from './http/data-handling';
import { createJwksRoute } from './http/jwks';
import { createMetricsRoute, createOperatorDoor } from './http/operator-routes';
import { createServer } from './http/server';
import { installCrashGuard } from './log/crash';
import { exposuresHere } from './log/exposure';
import type { Log } from './log/log';
import { createLog } from './log/pino-log';
import { registerLinkGauge } from './metrics/link-gauge';
import { createMeters } from './metrics/metered-log';
import { registerNoticeGauge } from './metrics/notice-gauge';
import type { ChatAdapter, TurnInbox } from './model/adapter';
import type { InputRegister } from './model/inputs';
import { allWork } from './model/link';
import { openSecret } from './model/secret';
import { sealText } from './model/text';
import { sourceHosts } from './notices/check-sources';
import { noticesInForce } from './notices/in-force';
import { createNoticeWatch, type NoticeWatch } from './notices/watch';
import { createProofIssuer } from './proof/proof-issuer';
import { deriveSigningKeys } from './proof/signing-keys';
import { createPresidio } from './redact/presidio';
import { createRedactor, type Redactor } from './redact/redactor';
import { createSearch } from './redact/search';
import { allowedHosts } from './settings/allowed-hosts';
import { briefingOf } from './settings/briefing';
import { consentPolicyOf } from './settings/consent-policy';
import { dataKey } from './settings/data-key';
import { noticePracticeOf } from './settings/notice-practice';
import { openProxy } from './settings/proxies';
import { redactionPolicyOf } from './settings/redaction-policy';
import type { Settings, TeamsSettings } from './settings/settings';
import { isLoopback } from './settings/teams-settings';
import { vendorsWishOf } from './settings/vendor-settings';
import { openStore } from './store/open-store';
import { type ConnectedVendors, connectVendors } from './vendors/connect';
import { createEntraTokens } from './vendors/kit/entra-token';
import { INSTRUCTIONS } from './vendors/kit/instructions';
import { DATA_HANDLING, VENDOR_WORDS } from './vendors/registry';

/** How long a shutdown lets answers finish, in milliseconds. */
const DRAIN_MS = 20_000;

const root = rootOf(__dirname);
void runProgram(process.argv.slice(2), { root, serve });

async function serve(settings: Settings): Promise<void> {
  const meters = createMeters(createLog({ level: settings.logLevel }));
  const { log } = meters;
  installCrashGuard(log);
  for (const code of exposuresHere()) log.warn('memory-exposed', { code });
  const secret = dataKey(settings);
  const keys = deriveSigningKeys(secret, settings.signingKey);
  const store = await openStore({ path: settings.databasePath, secret, log });
  const proxy = openProxy(settings);
  const egress = createEgress({ hosts: allowedHosts(settings), proxy });
  const connected = await connectVendors({ ...vendorsWishOf(settings), fetch: egress.fetch, log });
  const inForce = noticesInForce(connected.routes, DATA_HANDLING, noticePracticeOf(settings));
  const vendors: Vendors = { ...connected, notices: inForce };

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
    vendorWords: VENDOR_WORDS,
    ...consentParts,
    noticeFirst: settings.consent.noticeFirst,
    proofs: createProofIssuer({ keys, controller: settings.controller }),
    onWithdrawal(person, vendor) {
      dispatcher.withdraw(person, vendor);
      for (const adapter of adapters) adapter.forget?.(person);
    },
  });
  const { limits } = settings;
  const redactor = createRedactorFor(settings, egress.fetch, log);
  const dispatcher = createDispatcher({
    register: store.inputs,
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
    fileLimits: {
      files: limits.files,
      fileBytes: limits.fileMegabytes * 1024 * 1024,
      fileCharacters: limits.fileCharacters,
    },
    redactor,
    turnLimits: limits,
    concurrency: { running: limits.turnsAtOnce, waiting: limits.turnsWaiting },
    patienceMs: limits.answerSeconds * 1_000,
    questionCharacters: limits.questionCharacters,
    answerCharacters: limits.answerCharacters,
    linkHosts: settings.linkHosts,
    log,
    now: Date.now,
  });

  const adapters = createAdapters(settings, {
    inbox: dispatcher,
    inputs: store.inputs,
    consent,
    vendors,
    gate,
    log,
    send: egress.fetch,
  });
  const watch = watchNotices(settings, vendors, log);
  registerNoticeGauge(meters.registry, () => watch.findings()?.all ?? []);
  registerLinkGauge(meters.registry, () =>
    adapters.flatMap(({ platform, links }) => links.map(({ name, lost }) => ({ platform, name, lost }))),
  );
  const notices = [...vendors.notices.values()];
  const forOperators = [createAdminPage({ notices, sources: watch.findings }), createMetricsRoute(meters)];
  const { adminToken } = settings;
  const guarded =
    adminToken === undefined
      ? []
      : forOperators.map(createOperatorDoor({ token: openSecret(adminToken), log, now: () => performance.now() }));
  const server = createServer({
    ...settings.http,
    routes: [
      ...adapters.flatMap(({ routes }) => routes),
      createDataHandlingPage(notices),
      createJwksRoute(keys.published),
      ...guarded,
    ],
    readiness: () => [
      { name: 'store', ready: store.ready(), links: [] },
      ...adapters.map((adapter) => ({ name: adapter.platform, ready: adapter.ready(), links: adapter.links })),
    ],
    log,
  });

  const { url } = await server.start();
  stopOnSignals(async () => {
    await Promise.all(adapters.map((adapter) => adapter.stop()));
    await dispatcher.drain(DRAIN_MS);
    await server.stop(1_000);
    watch.stop();
    egress.close();
    await store.close();
  }, log);
  await Promise.all(adapters.map((adapter) => adapter.start()));
  const unreached = adapters.filter(({ links }) => !allWork(links)).map(({ platform }) => platform);
  print(...startupLines({ ...runningOf(settings, vendors), url, unreached, shared: store.shared }));
  await vendors.warm();
  await redactor.warm();
}

function createRedactorFor(settings: Settings, send: typeof fetch, log: Log): Redactor {
  const { mode, kinds } = redactionPolicyOf(settings);
  const { names, presidio } = settings.redaction;
  const detector = presidio === undefined ? undefined : createPresidio({ ...presidio, fetch: send, log });
  return createRedactor({ mode, search: createSearch({ kinds, names, presidio: detector, log }) });
}

/** Has a way out of its own, to the sources alone; nothing of anybody's goes along. */
function watchNotices(settings: Settings, { notices }: Vendors, log: Log): NoticeWatch {
  const all = [...notices.values()];
  const hosts = sourceHosts(all);
  const asked = settings.noticeCheck && hosts.length > 0;
  const egress = asked ? createEgress({ hosts, redirects: 3, proxy: openProxy(settings) }) : undefined;
  const parts = { notices: all, fetch: egress?.fetch, log, now: Date.now, random: Math.random };
  const watch = createNoticeWatch(parts);
  watch.start();
  return watch;
}

type Vendors = ConnectedVendors & { readonly notices: ReadonlyMap<string, Notice> };

interface AdapterParts {
  readonly inbox: TurnInbox;
  readonly inputs: InputRegister;
  readonly consent: ConsentHandler;
  readonly gate: ReturnType<typeof createConsentGate>;
  readonly vendors: Vendors;
  readonly log: Log;
  readonly send: typeof fetch;
}

/** The platforms that are set up; each loads its SDK when it starts. */
function createAdapters(settings: Settings, parts: AdapterParts): readonly ChatAdapter[] {
  const { inbox, inputs, consent, gate, vendors, log, send } = parts;
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
        inputs,
        consent,
        log,
      }),
    );
  }
  if (settings.teams !== undefined) {
    const { memoryTurns, memoryMinutes: minutes } = settings.limits;
    const turns = settings.context === 'none' ? 0 : memoryTurns;
    adapters.push(
      createTeamsAdapter({
        ...teamsAccess(settings.teams, send),
        memory: { turns, minutes },
        fetch: send,
        language: settings.language,
        inbox,
        inputs,
        consent,
        log,
      }),
    );
  }
  if (settings.local) {
    adapters.push(
      createLocalAdapter({
        inbox,
        inputs,
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

/** How Teams gets in, and the bot out. */
function teamsAccess({ appId, access, tenants, serviceHosts, graphUrl }: TeamsSettings, send: typeof fetch) {
  const isKnown = createHostList(serviceHosts);
  const admitted = tenants === undefined ? undefined : new Set(tenants);
  const who = { appId, tenants: admitted };
  if (access.kind === 'loopback')
    return { ...who, check: undefined, tokens: undefined, scope: '', isService: isKnown, graph: undefined };
  const { credential, loginUrl, scope, openIdUrl, issuer } = access;
  const isSecure = ({ protocol, port, host }: URL): boolean =>
    protocol === 'https:' && (port === '' || serviceHosts.includes(host));
  const parts = { appId, fetch: send, now: Date.now };
  const tokensAt = (login: string): BotTokens =>
    credential.kind === 'managed-identity'
      ? createEntraTokens(send, appId)
      : createBotTokens({
          ...parts,
          loginUrl: login,
          credential:
            credential.kind === 'secret'
              ? { kind: 'secret', secret: openSecret(credential.secret) }
              : { ...credential, privateKey: openSecret(credential.privateKey) },
        });
  const tokensOf = forEachTenant((tenant) => tokensAt(new URL(`/${tenant}`, loginUrl).href));
  return {
    ...who,
    scope,
    check: createTokenCheck({ ...parts, issuer, openIdUrl }),
    tokens: tokensAt(loginUrl),
    graph:
      graphUrl === undefined ? undefined : { url: graphUrl, token: tokensOf(`${new URL(graphUrl).origin}/.default`) },
    // On this machine a service may speak plain HTTP, on any port; a token goes nowhere else in the clear.
    isService: (url: URL) => isKnown(url) && (isLoopback(url.hostname) || isSecure(url)),
  };
}

function runningOf(settings: Settings, vendors: Vendors) {
  const notice = vendors.notices.get(vendors.default);
  const { endpoint = 'none', region = '', model = '' } = notice?.route ?? {};
  return {
    local: settings.local,
    slack: settings.slack?.connection.mode,
    teams: settings.teams?.access.kind,
    vendor: { name: notice?.vendorName ?? vendors.default, endpoint, region, model },
    others: [...vendors.notices.values()]
      .filter((one) => one.vendor !== vendors.default && one.vendor !== 'preview')
      .map(({ vendorName }) => vendorName),
    fallback: settings.vendors.fallback.map((vendor) => vendors.notices.get(vendor)?.vendorName ?? vendor),
    consentMode: settings.consent.mode,
    redaction: redactionPolicyOf(settings).least,
    databasePath: settings.databasePath,
    language: settings.language,
  };
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
