import process from 'node:process';
import { createAdapters } from '../adapters/registry';
import { runProgram } from './cli/program';
import { runningOf } from './cli/running';
import { startupLines } from './cli/startup';
import { print } from './cli/terminal';
import type { ConsentHandler, WithdrawalListener } from './consent/consent';
import { createConsentHandler } from './consent/consent-handler';
import { createConsentGate } from './consent/gate';
import { createDispatcher } from './dispatch/dispatcher';
import { createEgress } from './egress/egress';
import { createAdminPage } from './http/admin-page';
import { createDataHandlingPage } from './http/data-handling';
import { createJwksRoute } from './http/jwks';
import { createMetricsRoute, operatorRoutes } from './http/operator-routes';
import { createServer } from './http/server';
import { rootFolder } from './kit/root-folder';
import { stopOnSignals } from './kit/shutdown';
import { installCrashGuard } from './log/crash';
import { exposuresHere } from './log/exposure';
import { createLog } from './log/pino-log';
import { dropFrames, keepFrames } from './log/stacks';
import { registerLinkGauge } from './metrics/link-gauge';
import { createMeters } from './metrics/metered-log';
import { registerNoticeGauge } from './metrics/notice-gauge';
import { noticesInForce } from './notices/in-force';
import { createVendorLine } from './notices/vendor-line';
import { startNoticeWatch } from './notices/watch';
import { createProofIssuer } from './proof/proof-issuer';
import { deriveSigningKeys } from './proof/signing-keys';
import { buildRedactor } from './redact/build-redactor';
import { allowedHosts } from './settings/allowed-hosts';
import { articleUrlOf } from './settings/article-url';
import { consentPolicyOf } from './settings/consent-policy';
import { dataKey } from './settings/data-key';
import { dispatchSettingsOf } from './settings/dispatch-settings';
import { memoryBoundsOf, noticePracticeOf } from './settings/notice-practice';
import { openProxy } from './settings/proxies';
import { redactionPolicyOf } from './settings/redaction-policy';
import type { Settings } from './settings/settings';
import { vendorsWishOf } from './settings/vendor-settings';
import { openStore } from './store/open-store';
import { connectVendors } from './vendors/connect';
import { ARTICLES, DATA_HANDLING, VENDOR_WORDS } from './vendors/registry';

/** How long a shutdown lets answers finish, and then the server's last responses, in milliseconds. */
const DRAIN_MS = 20_000;
const SERVER_STOP_MS = 1_000;

const root = rootFolder(__dirname);

/** Runs the command that the program was started with. */
export function main(): void {
  void runProgram(process.argv.slice(2), { root, serve });
}

/** Wires the rooms together and starts them; what stops them, in which order, stands at the end. */
async function serve(settings: Settings): Promise<void> {
  const { platforms, language } = settings;
  const meters = createMeters(createLog({ level: settings.logLevel }));
  const { log } = meters;
  installCrashGuard(log);
  for (const code of exposuresHere()) log.warn('memory-exposed', { code });

  const secret = dataKey(settings);
  const keys = deriveSigningKeys(secret, settings.signingKey);
  const store = await openStore({ path: settings.databasePath, secret, log });
  const proxy = openProxy(settings);
  const { fetch, dispatcher: sockets, close: closeEgress } = createEgress({ hosts: allowedHosts(settings), proxy });
  const vendors = await connectVendors({ ...vendorsWishOf(settings), fetch, log });
  const notices = noticesInForce(vendors.routes, DATA_HANDLING, noticePracticeOf(settings), articleUrlOf(settings));
  const policy = consentPolicyOf(settings);
  const consentParts = { ledger: store.ledger, notices, policy, defaultVendor: vendors.default, now: Date.now, log };

  const gate = createConsentGate(consentParts);
  const consent: ConsentHandler = createConsentHandler({
    ...consentParts,
    vendorWords: VENDOR_WORDS,
    noticeFirst: settings.consent.noticeFirst,
    proofs: createProofIssuer({ keys, controller: settings.controller }),
    onWithdrawal: (person, vendor) => endAnswers(person, vendor),
  });
  const redactor = buildRedactor({ ...settings.redaction, ...redactionPolicyOf(settings) }, { fetch, log });
  const { connectors } = vendors;
  const { inputs } = store;
  const own = { register: inputs, gate, consent, connectors, redactor, log, now: Date.now };
  const dispatcher = createDispatcher({ ...dispatchSettingsOf(settings), ...own });
  const memory = memoryBoundsOf(settings);
  const vendorLine = createVendorLine(gate, notices);
  const parts = { inbox: dispatcher, inputs, consent, fetch, sockets, log, language, memory, vendorLine, root };
  const adapters = createAdapters(platforms, parts);

  const endAnswers: WithdrawalListener = (person, vendor) => {
    dispatcher.withdraw(person, vendor);
    for (const adapter of adapters) adapter.forget?.(person);
  };
  store.ledger.onWithdrawal(endAnswers);
  const inForce = [...notices.values()];
  const sourcesOnly = (hosts: readonly string[]) => createEgress({ hosts, redirects: 3, proxy }).fetch;
  const watch = startNoticeWatch(inForce, settings.noticeCheck ? sourcesOnly : undefined, log);
  registerNoticeGauge(meters.registry, () => watch.findings()?.all ?? []);
  registerLinkGauge(meters.registry, () => adapters);
  const server = createServer({
    ...settings.http,
    routes: [
      ...adapters.flatMap(({ routes }) => routes),
      createDataHandlingPage({ articles: ARTICLES, notices, language }),
      createJwksRoute(keys.published),
      ...operatorRoutes(settings.adminToken, log, [
        createAdminPage({ notices: inForce, sources: watch.findings }),
        createMetricsRoute(meters),
      ]),
    ],
    readiness: () => [
      { name: 'store', ready: store.ready(), links: [] },
      ...adapters.map((adapter) => ({ name: adapter.platform, ready: adapter.ready(), links: adapter.links })),
    ],
    log,
  });

  dropFrames();
  const { url } = await server.start();
  stopOnSignals(
    [
      () => Promise.all(adapters.map((adapter) => adapter.stop())),
      () => dispatcher.drain(DRAIN_MS),
      () => server.stop(SERVER_STOP_MS),
      watch.stop,
      closeEgress,
      () => store.close(),
    ],
    log,
  );
  await Promise.all(adapters.map((adapter) => adapter.start()));
  const started = { url, shared: store.shared, adapters, notices, usual: vendors.default };
  print(...startupLines(runningOf(settings, started)));
  await vendors.warm();
  await redactor.warm();
  keepFrames();
}
