import { RESIDENTS } from '../../adapters/local/people';
import type { PlatformId } from '../../adapters/registry';
import type { ConsentAction, ConsentPerson, ConsentView, WithdrawalListener } from '../../src/consent/consent';
import { createConsentHandler } from '../../src/consent/consent-handler';
import { createConsentGate } from '../../src/consent/gate';
import type { Ledger } from '../../src/consent/ledger';
import { LedgerError } from '../../src/consent/ledger-error';
import type { ContextMode } from '../../src/dispatch/context';
import { createDispatcher } from '../../src/dispatch/dispatcher';
import type { ThreadMessage, TurnSurface } from '../../src/model/adapter';
import { Bytes } from '../../src/model/bytes';
import { openText, sealText } from '../../src/model/text';
import type { Turn } from '../../src/model/turn';
import { createProofIssuer } from '../../src/proof/proof-issuer';
import type { Connector } from '../../src/vendors/connector';
import { withBreaker } from '../../src/vendors/kit/breaker';
import { withDeadlines, withRetries } from '../../src/vendors/kit/resilience';
import { VendorError } from '../../src/vendors/kit/vendor-error';
import { VENDOR_WORDS } from '../../src/vendors/registry';
import { aNotice, keys, quietLog, START } from '../support/consent';
import { aRegister } from '../support/inputs';
import { ledgerWith } from '../support/ledger';
import { aRedactor } from '../support/redaction';
import { aTurn } from '../support/turns';
import { ledgerAcross } from './across';
import { type Answer, STAGES } from './stages';
import { createStepper } from './stepper';

/** How a vendor's next attempt goes. */
export type Attempt = 'answers' | 'overloaded' | 'no-key' | 'breaks-off';

export interface Scenario {
  readonly platform: PlatformId;
  readonly direct: boolean;
  /** Of vendor one and of vendor two, which is asked where one gives way; then they answer. */
  readonly attempts: readonly [readonly Attempt[], readonly Attempt[]];
  /** How the chat answers its first calls; then it takes them. */
  readonly answers: readonly Answer[];
  readonly questions: 1 | 2;
  readonly deltas: number;
  readonly file: boolean;
  readonly context: ContextMode;
  /** Ledger reads take no time, as SQLite's; have to be waited for; arrive late, when what they say may be over. */
  readonly reads: 'at-once' | 'slow' | 'late';
  /** The bot's token has to be waited for. */
  readonly tokens: boolean;
  /** The withdrawal cannot be written down. */
  readonly ledgerFails: boolean;
  /** A commit is acknowledged in its own tick, as SQLite's; or ticks later, as that of a store across a network. */
  readonly store: 'here' | 'across';
  /** Another question comes while the withdrawal is being written down. */
  readonly late: boolean;
}

/** Who withdraws, from what, and in which way. */
export type Way = ConsentAction | string;

export const PLAIN: Scenario = {
  platform: 'slack',
  direct: true,
  attempts: [[], []],
  answers: [],
  questions: 1,
  deltas: 6,
  file: false,
  context: 'own',
  reads: 'slow',
  tokens: true,
  ledgerFails: false,
  store: 'here',
  late: false,
};

const notices = new Map([aNotice('one'), aNotice('two')].map((notice) => [notice.vendor, notice]));
const policy = {
  mode: () => 'opt-in' as const,
  blocks: () => false,
  residency: () => 'proven' as const,
  vendor: () => undefined,
  externalsAdmitted: false,
  grantDays: 365,
};
const WORD = /\b(?:one|two)\d+w\d+\b/gu;
const LOCAL = RESIDENTS[0]?.person.id ?? '';
export const BYSTANDER = 'U-BYSTANDER';
export const BYSTANDER_WORDS = 'bystander words';
let worlds = 0;

/**
 * One question, or two, on one platform, with real consent over a real ledger; `other` is the ledger of another process.
 * `onHeard` is called when this replica has been told of a withdrawal, and of one elsewhere when it can be known here:
 * from then on nothing may begin that rests on what was withdrawn.
 */
export async function createWorld(scenario: Scenario, mine: Ledger, other: Ledger, onHeard: () => void) {
  worlds += 1;
  const tenant = `T${worlds}`;
  const stepper = createStepper();
  const { platform, direct } = scenario;
  const person: ConsentPerson = { platform, tenant, id: LOCAL, membership: 'member' };
  const bystander: ConsentPerson = { ...person, id: BYSTANDER };

  const violations: string[] = [];
  const begun = new Set<string>();
  const requests: { readonly vendor: string; readonly words: string }[] = [];
  const active = new Set<{ readonly vendor: string; readonly signal: AbortSignal }>();
  let ended = 0;
  /** Vendors that may be sent nothing any more, and shown nothing of. */
  const withdrawn = new Set<string>();
  let bystanderWithdrew = false;

  const onCall = (words: string): void => {
    for (const [word] of words.matchAll(WORD)) {
      if (begun.has(word)) continue;
      if (withdrawn.has(word.slice(0, 3))) violations.push(`shown after the commit: ${word}`);
      begun.add(word);
    }
  };
  const answers = [...scenario.answers];
  const stage = await STAGES[platform]({
    inbox: { receive() {}, stop: () => 'nothing', stopIn() {} },
    onCall,
    async answer(call) {
      await stepper.gate(`chat ${call}`);
      return answers.shift() ?? 'taken';
    },
    token: () => (scenario.tokens ? stepper.gate('token') : Promise.resolve()),
  });

  const vendorOf = (vendor: 'one' | 'two', attempts: Attempt[]): Connector => ({
    route: { vendor: vendor as never, endpoint: 'v', region: 'jp', model: 'm', sharesForTraining: false },
    async *stream(prompt, signal) {
      const attempt = attempts.shift() ?? 'answers';
      const words = prompt.messages.map(({ text }) => openText(text)).join('\n');
      if (withdrawn.has(vendor)) violations.push(`asked ${vendor} after the commit`);
      if (bystanderWithdrew && words.includes(BYSTANDER_WORDS)) violations.push('sent a bystander’s words');
      requests.push({ vendor, words });
      const round = requests.length;
      const call = { vendor, signal };
      active.add(call);
      const gate = async (): Promise<void> => {
        const aborted = Promise.withResolvers<void>();
        signal.addEventListener('abort', () => aborted.resolve(), { once: true });
        if (!signal.aborted) await Promise.race([stepper.gate(`vendor ${vendor}`), aborted.promise]);
        if (signal.aborted) throw new VendorError('cancelled');
      };
      try {
        await gate();
        if (attempt === 'overloaded') throw new VendorError('overloaded', { retryAfterMs: 500 });
        if (attempt === 'no-key') throw new VendorError('auth');
        for (let delta = 0; delta < scenario.deltas; delta += 1) {
          yield { type: 'delta', text: sealText(`${vendor}${round}w${delta} and `) };
          await gate();
          if (attempt === 'breaks-off' && delta === 2) throw new VendorError('truncated');
        }
        yield { type: 'finish', reason: 'complete' };
      } finally {
        active.delete(call);
      }
    },
  });
  const routed = (vendor: 'one' | 'two', attempts: readonly Attempt[]): [string, Connector] => [
    vendor,
    withBreaker(withRetries(withDeadlines(vendorOf(vendor, [...attempts]))), { onBroken() {}, onRestored() {} }),
  ];

  const proofs = createProofIssuer({ keys, controller: { name: 'Bank', contact: 'privacy@bank.example' } });
  const shared = { proofs, notices, policy, defaultVendor: 'one', now: () => START, log: quietLog };
  const ledger = scenario.store === 'across' ? ledgerAcross(mine, (way) => stepper.gate(way)) : mine;
  const reading = ledgerWith(ledger, {
    async find(one) {
      if (scenario.reads !== 'at-once') await stepper.gate('ledger');
      const found = await ledger.find(one);
      if (scenario.reads === 'late') await stepper.gate('ledger, late');
      return found;
    },
  });
  const endAnswers: WithdrawalListener = (who, vendor) => {
    dispatcher.withdraw(who, vendor);
    stage.forget(who);
  };
  const heard: WithdrawalListener = (who, vendor) => {
    if (who.tenant !== tenant) return;
    endAnswers(who, vendor);
    onHeard();
  };
  /** Another replica's word: a file is read again with every look, and a store across a network tells of it. */
  const heardElsewhere: WithdrawalListener = (who, vendor) => {
    if (who.tenant !== tenant) return;
    if (scenario.store === 'here') onHeard();
    else void stepper.gate('store, signal').then(() => heard(who, vendor));
  };
  const listening = [ledger.onWithdrawal(heard), other.onWithdrawal(heardElsewhere)];

  /** Stands at a gate before its first look at the ledger. */
  const handlerOver = (over: Ledger, ends: boolean) => {
    let fresh = true;
    const failing = (): Promise<never> => Promise.reject(new LedgerError('unavailable'));
    return createConsentHandler({
      vendorWords: VENDOR_WORDS,
      ...shared,
      noticeFirst: false,
      ledger: ledgerWith(over, {
        async find(one) {
          if (fresh) await stepper.gate('command');
          fresh = false;
          return over.find(one);
        },
        ...(scenario.ledgerFails && { append: failing, erase: failing }),
      }),
      onWithdrawal(who, vendor) {
        if (!ends) return;
        endAnswers(who, vendor);
        askLate();
        // Where it cannot be written down, what is being answered ends all the same.
        if (scenario.ledgerFails) onHeard();
      },
    });
  };
  const gate = createConsentGate({ ...shared, ledger: reading });
  let acts = 0;
  const dispatcher = createDispatcher({
    register: aRegister(async () => {
      await stepper.gate('admit');
      return 'admitted' as const;
    }),
    gate,
    consent: { noticeShown: async () => {} },
    connectors: new Map([routed('one', scenario.attempts[0]), routed('two', scenario.attempts[1])]),
    fallback: ['two'],
    briefing: () => ({ instructions: sealText('Be brief.') }),
    context: scenario.context,
    contextLimits: { messages: 20, characters: 24_000 },
    fileLimits: { files: 3, fileBytes: 1_000, fileCharacters: 500 },
    redactor: aRedactor(),
    turnLimits: { personPerHour: 10, tenantPerHour: 10 },
    concurrency: { running: 1, waiting: 8 },
    patienceMs: 600_000,
    questionCharacters: 1_000,
    answerCharacters: 10_000,
    links: 'visible',
    linkHosts: [],
    log: {
      ...quietLog,
      info: (event) => {
        if (event === 'turn-ended') ended += 1;
      },
      error: (event) => void violations.push(`broke: ${event}`),
    },
    now: () => 0,
  });

  const thread: readonly ThreadMessage[] = [
    {
      kind: 'person',
      author: { ...person, id: BYSTANDER } as never,
      names: [],
      said: { text: sealText(BYSTANDER_WORDS), mentions: [] },
    },
  ];
  const turns = Array.from({ length: scenario.questions + (scenario.late ? 1 : 0) }, (_, index): Turn => {
    const id = `${index + 1}.0`;
    return aTurn({
      platform,
      tenant,
      id,
      person: LOCAL,
      conversation: direct ? `direct-${LOCAL}` : 'general',
      kind: direct ? 'direct' : 'channel',
      thread: id,
      files: scenario.file ? [{ id: 'F1', mediaType: 'text/plain', size: 5 }] : [],
    });
  });
  const surfaceOf = (turn: Turn): TurnSurface => ({
    ...stage.surface(turn),
    async readThread() {
      await stepper.gate('thread');
      return { kind: 'read', messages: thread };
    },
    async readFile() {
      await stepper.gate('file');
      return { kind: 'read', bytes: new Bytes(Buffer.from('words')) };
    },
  });

  let asked = 0;
  const ask = (): void => {
    for (const turn of turns.slice(asked, scenario.questions)) {
      asked += 1;
      dispatcher.receive(turn, surfaceOf(turn));
    }
  };
  function askLate(): void {
    const late = turns[asked];
    if (late === undefined) return;
    asked += 1;
    dispatcher.receive(late, surfaceOf(late));
  }

  const run = (way: Way, who: ConsentPerson, over: Ledger, ends: boolean) => {
    const handler = handlerOver(over, ends);
    acts += 1;
    const told = { clock: 'message', at: acts, live: false };
    const origin = { surface: 'command', language: 'en', input: { id: `act-${acts}`, told } } as const;
    return typeof way === 'string' ? handler.run(who, sealText(way), origin) : handler.act(who, way, origin);
  };

  for (const who of [person, bystander])
    await mine.append(
      who,
      ['one', 'two'].map((vendor) => ({
        at: START,
        mode: 'opt-in',
        surface: 'command',
        language: 'en',
        event: 'granted',
        vendor,
        purpose: 'use',
        noticeId: notices.get(vendor)?.id ?? '',
        validUntil: START + 1_000_000,
      })),
      [...notices.values()],
    );

  return {
    stepper,
    person,
    bystander,
    turns,
    violations,
    requests,
    stage,
    ask,
    unfinished: () => asked - ended,
    /** From here on nothing of these vendors may begin. */
    forbid(vendors: readonly string[]): void {
      for (const vendor of vendors) withdrawn.add(vendor);
    },
    forbidBystander(): void {
      bystanderWithdrew = true;
    },
    /** In this process, as a command or a button does it. */
    decide: (way: Way, who: ConsentPerson): Promise<ConsentView> => run(way, who, ledger, true),
    /** In another process over the same store: nobody here is told before the store tells. */
    decideElsewhere: (way: Way, who: ConsentPerson): Promise<ConsentView> => run(way, who, other, false),
    close(): void {
      for (const end of listening) end();
    },
    begun,
    asking: (): readonly string[] => [...active].filter((one) => !one.signal.aborted).map(({ vendor }) => vendor),
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
