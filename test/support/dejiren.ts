import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Timers } from '../../adapters/kit/timers';
import { createAdapters } from '../../adapters/registry';
import type { ConsentHandler } from '../../src/consent/consent';
import { createConsentHandler } from '../../src/consent/consent-handler';
import { createConsentGate } from '../../src/consent/gate';
import type { Notice } from '../../src/consent/notice';
import { createDispatcher } from '../../src/dispatch/dispatcher';
import { createEgress } from '../../src/egress/egress';
import { createServer } from '../../src/http/server';
import { rootFolder } from '../../src/kit/root-folder';
import { openText, sealText } from '../../src/model/text';
import { createVendorLine } from '../../src/notices/vendor-line';
import { createProofIssuer } from '../../src/proof/proof-issuer';
import { allowedHosts } from '../../src/settings/allowed-hosts';
import { consentPolicyOf } from '../../src/settings/consent-policy';
import { dispatchSettingsOf } from '../../src/settings/dispatch-settings';
import { loadSettings } from '../../src/settings/load-settings';
import { memoryBoundsOf } from '../../src/settings/notice-practice';
import type { Settings } from '../../src/settings/settings';
import { openStore } from '../../src/store/open-store';
import type { Connector, Prompt } from '../../src/vendors/connector';
import { VENDOR_WORDS } from '../../src/vendors/registry';
import { aNotice, keys, quietLog, SECRET } from './consent';
import { aRedactor } from './redaction';

const VENDOR = 'preview';

/** A vendor whose words the test says one after the other. */
export function aSpokenVendor() {
  const prompts: Prompt[] = [];
  const gates = new Map<number, PromiseWithResolvers<void>>();
  const waiting = new Set<() => void>();
  let pieces: readonly string[] = ['Here is an answer.'];
  let holdsAfter: number | undefined;
  let aborted = 0;
  const gateAt = (index: number): PromiseWithResolvers<void> => {
    const gate = gates.get(index) ?? Promise.withResolvers<void>();
    gates.set(index, gate);
    return gate;
  };
  const connector: Connector = {
    route: aNotice(VENDOR).route as Connector['route'],
    async *stream(prompt, signal) {
      prompts.push(prompt);
      for (const check of waiting) check();
      const number = prompts.length;
      const onAbort = (): void => {
        aborted += 1;
        gateAt(number).resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      for (const [index, piece] of pieces.entries()) {
        if (index === holdsAfter) await gateAt(number).promise;
        if (signal.aborted) return;
        yield { type: 'delta', text: sealText(piece) };
      }
      if (pieces.length === holdsAfter) await gateAt(number).promise;
      if (signal.aborted) return;
      signal.removeEventListener('abort', onAbort);
      yield { type: 'finish', reason: 'complete' };
    },
  };
  return {
    connector,
    /** What the vendor was sent, question by question: its messages, oldest first. */
    asked: (): readonly (readonly string[])[] =>
      prompts.map(({ messages }) => messages.map(({ text }) => openText(text))),
    /** How often it was hung up on. */
    aborted: (): number => aborted,
    /** From now on it answers so; after so many pieces it waits until {@link goOn}. */
    answers(next: readonly string[], holdAfter?: number): void {
      pieces = next;
      holdsAfter = holdAfter;
    },
    goOn: (): void => gateAt(prompts.length).resolve(),
  };
}

/** dejiren in this process, by the settings of an environment: its real rooms, and a vendor of the test's. */
export async function startDejiren(wish: {
  readonly env: Readonly<Record<string, string>>;
  readonly connector: Connector;
  readonly folder: string;
  /** The notice of the one vendor; one of the tests' own when left out. */
  readonly notice?: (settings: Settings) => Notice;
  /** The time by which people agree. */
  readonly now?: () => number;
  /** Node's own where they are left out. */
  readonly timers?: Timers;
}) {
  const { now = Date.now } = wish;
  const path = join(wish.folder, 'dejiren.db');
  const settings = loadSettings({
    environment: { PORT: '0', DEJIREN_VENDOR: VENDOR, DEJIREN_DATA_DIR: wish.folder, ...wish.env },
    workingDir: wish.folder,
    readFile: () => undefined,
  });
  const log = quietLog;
  const store = await openStore({ path, secret: SECRET, log });
  const egress = createEgress({ hosts: allowedHosts(settings) });
  const notice = wish.notice?.(settings) ?? aNotice(VENDOR);
  const { vendor } = notice;
  const notices = new Map([[vendor, notice]]);
  const parts = {
    ledger: store.ledger,
    notices,
    policy: consentPolicyOf(settings),
    defaultVendor: vendor,
    now,
    log,
  };
  const gate = createConsentGate(parts);
  const consent: ConsentHandler = createConsentHandler({
    ...parts,
    vendorWords: VENDOR_WORDS,
    noticeFirst: false,
    proofs: createProofIssuer({ keys, controller: { name: undefined, contact: undefined } }),
    onWithdrawal(person, vendor) {
      dispatcher.withdraw(person, vendor);
      for (const adapter of adapters) adapter.forget?.(person);
    },
  });
  const dispatcher = createDispatcher({
    ...dispatchSettingsOf(settings),
    register: store.inputs,
    gate,
    consent,
    connectors: new Map([[vendor, wish.connector]]),
    redactor: aRedactor(),
    log,
    now,
  });
  const adapters = createAdapters(settings.platforms, {
    inbox: dispatcher,
    inputs: store.inputs,
    consent,
    fetch: egress.fetch,
    sockets: egress.dispatcher,
    log,
    language: settings.language,
    memory: memoryBoundsOf(settings),
    vendorLine: createVendorLine(gate, notices),
    root: rootFolder(__dirname),
    ...(wish.timers !== undefined && { timers: wish.timers }),
  });
  const server = createServer({
    ...settings.http,
    routes: adapters.flatMap(({ routes }) => routes),
    readiness: () => [],
    log,
  });
  const { url } = await server.start();
  await Promise.all(adapters.map((adapter) => adapter.start()));
  return {
    url,
    adapters,
    async stop() {
      await Promise.all(adapters.map((adapter) => adapter.stop()));
      await dispatcher.drain(0);
      await server.stop(0);
      egress.close();
      await store.close();
    },
  };
}

export type Dejiren = Awaited<ReturnType<typeof startDejiren>>;

/** A folder for one test. */
export function aFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'dejiren-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
