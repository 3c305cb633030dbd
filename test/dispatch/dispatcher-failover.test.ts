import { setImmediate as nextRound } from 'node:timers/promises';
import fc from 'fast-check';
import type { Decision, Verdict } from '../../src/consent/consent';
import { createDispatcher, type Dispatcher } from '../../src/dispatch/dispatcher';
import type { TurnSurface } from '../../src/model/adapter';
import { MARKDOWN } from '../../src/model/dialect';
import type { ReplyEnding } from '../../src/model/reply';
import { sealText } from '../../src/model/text';
import type { Connector, StreamPart } from '../../src/vendors/connector';
import { VendorError, type VendorErrorCategory } from '../../src/vendors/kit/vendor-error';
import { aNotice, quietLog } from '../support/consent';
import { aRegister } from '../support/inputs';
import { aRedactor } from '../support/redaction';
import { noSign } from '../support/sign';
import { aPerson, aTurn } from '../support/turns';

const VENDORS = ['one', 'two', 'three'] as const;
type Name = (typeof VENDORS)[number];
/** What a vendor does with a question. */
type Behaviour = VendorErrorCategory | 'answers' | 'breaks off';
const allow: Decision = { kind: 'allow', basis: 'consent', inform: false };

async function ask(wish: {
  readonly behaviours: Readonly<Record<Name, Behaviour>>;
  readonly agreed: readonly Name[];
  readonly fallback: readonly Name[];
  /** Milliseconds that each vendor takes. */
  readonly takesMs?: number;
  /** While the gate looks for somebody's agreement. */
  readonly onChecked?: (name: Name, withdraw: (vendor: string) => void) => void;
}) {
  const asked: Name[] = [];
  const shown: string[] = [];
  const endings: ReplyEnding[] = [];
  const posts: boolean[] = [];
  let over = false;
  let now = 0;

  const connectorOf = (name: Name): Connector => ({
    route: { vendor: 'openai', endpoint: name, region: 'jp', model: 'm', sharesForTraining: false },
    async *stream(): AsyncGenerator<StreamPart> {
      asked.push(name);
      now += wish.takesMs ?? 0;
      const behaviour = wish.behaviours[name];
      if (behaviour === 'answers' || behaviour === 'breaks off')
        yield { type: 'delta', text: sealText(`from ${name}`) };
      if (behaviour === 'answers') yield { type: 'finish', reason: 'complete' };
      else throw new VendorError(behaviour === 'breaks off' ? 'truncated' : behaviour);
    },
  });
  const surface: TurnSurface = {
    dialect: MARKDOWN,
    readsAgain: true,
    sign: noSign,
    openReply(given) {
      return {
        write: () => void shown.push(given.answerer().vendor),
        async end(ending) {
          endings.push(ending);
          posts.push(await given.mayPost());
          return { delivered: true };
        },
      };
    },
    tellPrivately: async () => true,
    readFile: async () => ({ kind: 'unavailable', reason: 'failed' }),
    readThread: async () => ({ kind: 'read', messages: [] }),
  };
  const dispatcher: Dispatcher = createDispatcher({
    register: aRegister(),
    gate: {
      vendorInEffect: async () => 'one',
      async check(_person, named): Promise<Verdict> {
        const vendor = (named ?? 'one') as Name;
        if (named !== undefined) wish.onChecked?.(vendor, (one) => dispatcher.withdraw(aPerson(), one));
        const decision: Decision = wish.agreed.includes(vendor) ? allow : { kind: 'ask', reason: 'first' };
        const pseudonyms = { asker: 'p', safetyId: 's' };
        return { decision, vendor, notice: aNotice(vendor), pseudonyms, silence: 'asks-again' };
      },
    },
    consent: { noticeShown: async () => {} },
    connectors: new Map(VENDORS.map((name) => [name, connectorOf(name)])),
    fallback: wish.fallback,
    briefing: () => ({ instructions: sealText('') }),
    context: 'none',
    contextLimits: { messages: 0, characters: 0 },
    redactor: aRedactor(),
    fileLimits: { files: 3, fileBytes: 1_000, fileCharacters: 500 },
    turnLimits: { personPerHour: 10, tenantPerHour: 10 },
    concurrency: { running: 1, waiting: 1 },
    patienceMs: 600_000,
    questionCharacters: 100,
    answerCharacters: 100,
    links: 'visible',
    linkHosts: [],
    log: {
      ...quietLog,
      info(event) {
        if (event === 'turn-ended') over = true;
      },
    },
    now: () => now,
  });
  dispatcher.receive(aTurn(), surface);
  while (!over) await nextRound();
  return { asked, shown, endings, posts };
}

describe('a vendor that cannot answer', () => {
  const behaviours = { one: 'overloaded', two: 'answers', three: 'answers' } as const;

  it('gives way to the next one that the person agreed to, and the footer says who answered', async () => {
    const { asked, shown, endings } = await ask({ behaviours, agreed: VENDORS, fallback: ['two', 'three'] });
    expect(asked).toEqual(['one', 'two']);
    expect([...new Set(shown)]).toEqual(['Vendor two']);
    expect(endings).toEqual([{ kind: 'complete' }]);
  });

  it('gives way to nobody whom the person did not agree to', async () => {
    const { asked, endings } = await ask({ behaviours, agreed: ['one'], fallback: ['two', 'three'] });
    expect(asked).toEqual(['one']);
    expect(endings).toEqual([{ kind: 'failed', problem: 'vendor-overloaded' }]);
  });

  it('passes over those in between', async () => {
    expect((await ask({ behaviours, agreed: ['one', 'three'], fallback: ['two', 'three'] })).asked).toEqual([
      'one',
      'three',
    ]);
  });

  it('gives way to nobody more when the time for an answer is over', async () => {
    const all = { one: 'timeout', two: 'timeout', three: 'answers' } as const;
    const wish = { behaviours: all, agreed: VENDORS, fallback: ['two', 'three'] } as const;
    expect((await ask({ ...wish, takesMs: 300_000 })).asked).toEqual(['one', 'two']);
    const { asked, endings } = await ask({ ...wish, takesMs: 600_000 });
    expect(asked).toEqual(['one']);
    expect(endings).toEqual([{ kind: 'failed', problem: 'vendor-timeout' }]);
  });

  it('does not give way once words of it were shown', async () => {
    const { asked, endings } = await ask({
      behaviours: { ...behaviours, one: 'breaks off' },
      agreed: VENDORS,
      fallback: ['two'],
    });
    expect(asked).toEqual(['one']);
    expect(endings).toEqual([{ kind: 'failed', problem: 'vendor-network' }]);
  });

  it.each(['residency', 'cancelled', 'blocked-input', 'blocked-output', 'context-too-long', 'bad-request'] as const)(
    'does not give way where it is no fault of its own: %s',
    async (category) => {
      const wish = { behaviours: { ...behaviours, one: category }, agreed: VENDORS, fallback: ['two'] as const };
      expect((await ask(wish)).asked).toEqual(['one']);
    },
  );

  it('says why the last one failed where all of them do', async () => {
    const failing = { one: 'overloaded', two: 'rate-limited', three: 'answers' } as const;
    const { asked, endings } = await ask({ behaviours: failing, agreed: VENDORS, fallback: ['one', 'two', 'two'] });
    expect(asked).toEqual(['one', 'two']);
    expect(endings).toEqual([{ kind: 'failed', problem: 'vendor-rate-limited' }]);
  });

  it('sends nothing to the next one where the person withdraws while it is looked for', async () => {
    const { asked, endings } = await ask({
      behaviours,
      agreed: VENDORS,
      fallback: ['two'],
      onChecked: (name, withdraw) => {
        if (name === 'two') withdraw('two');
      },
    });
    expect(asked).toEqual(['one']);
    expect(endings).toEqual([{ kind: 'withdrawn' }]);
  });

  it('asks only vendors that were agreed to, each once, whatever fails', async () => {
    const behaviour = fc.constantFrom<Behaviour>('answers', 'breaks off', 'overloaded', 'quota', 'residency', 'auth');
    await fc.assert(
      fc.asyncProperty(
        fc.record({ one: behaviour, two: behaviour, three: behaviour }),
        fc.subarray(['two', 'three'] as Name[]),
        fc.array(fc.constantFrom(...VENDORS), { maxLength: 5 }),
        async (those, others, fallback) => {
          const agreed: Name[] = ['one', ...others];
          const { asked, endings } = await ask({ behaviours: those, agreed, fallback });
          expect(new Set(asked).size).toBe(asked.length);
          expect(asked.filter((name) => !agreed.includes(name))).toEqual([]);
          expect(endings).toHaveLength(1);
        },
      ),
      { numRuns: 60 },
    );
  });
});
