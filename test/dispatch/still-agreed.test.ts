import type { ConsentGate, Decision, Verdict } from '../../src/consent/consent';
import { createInFlight } from '../../src/dispatch/in-flight';
import { allAgree, mayGoOn } from '../../src/dispatch/still-agreed';
import { aPerson, aTurn } from '../support/turns';

const ALLOW: Decision = { kind: 'allow', basis: 'consent', inform: false };

/** A gate that answers by the person, and writes down what it was asked. */
function gateOf(decide: (person: string) => Decision | Promise<Decision>) {
  const asked: (readonly (string | undefined)[])[] = [];
  const gate: Pick<ConsentGate, 'check'> = {
    async check(person, vendor, conversation): Promise<Verdict> {
      asked.push([person.id, vendor, conversation]);
      return {
        decision: await decide(person.id),
        vendor: 'openai',
        notice: undefined,
        pseudonyms: undefined,
        silence: 'asks-again',
      };
    },
  };
  return { asked, gate };
}

const aFlight = () => createInFlight().take(aTurn({ person: 'ASKER', conversation: 'C7' }));

describe('whether an answer may go on', () => {
  it('is asked for the asker, this vendor and this conversation; where they agree still, it goes on', async () => {
    const flight = aFlight();
    const { asked, gate } = gateOf(() => ALLOW);
    expect(await mayGoOn(flight, gate, 'openai')).toBe(true);
    expect(asked).toEqual([['ASKER', 'openai', 'C7']]);
    expect([flight.signal.aborted, flight.cause()]).toEqual([false, undefined]);
  });

  it.each<[string, Decision]>([
    ['withdrew', { kind: 'deny', reason: 'withdrawn' }],
    ['would have to be asked again', { kind: 'ask', reason: 'expired' }],
    ['is no person any more', { kind: 'deny', reason: 'not-a-person' }],
  ])('ends it as withdrawn where the asker %s', async (_who, decision) => {
    const flight = aFlight();
    expect(await mayGoOn(flight, gateOf(() => decision).gate, 'openai')).toBe(false);
    expect([flight.signal.aborted, flight.cause()]).toEqual([true, 'withdrawn']);
  });

  it.each([
    ['blocked', 'denied-by-policy'],
    ['residency', 'denied-residency'],
    ['notice-expired', 'denied-notice'],
    ['ledger-unavailable', 'ledger-unavailable'],
  ] as const)('ends it with its own reason where the asker withdrew nothing: %s', async (reason, problem) => {
    const flight = aFlight();
    expect(await mayGoOn(flight, gateOf(() => ({ kind: 'deny', reason })).gate, 'openai')).toBe(false);
    expect(flight.cause()).toEqual({ denied: problem });
  });

  it('ends it where nobody can tell', async () => {
    const flight = aFlight();
    const { gate } = gateOf(() => Promise.reject(new Error('disk')));
    expect(await mayGoOn(flight, gate, 'openai')).toBe(false);
    expect(flight.cause()).toEqual({ denied: 'ledger-unavailable' });
  });

  it('is not asked about an answer that was broken off', async () => {
    const flight = aFlight();
    flight.breakOff('stopped');
    const { asked, gate } = gateOf(() => ALLOW);
    expect(await mayGoOn(flight, gate, 'openai')).toBe(false);
    expect(asked).toEqual([]);
  });

  it('is no where the answer was broken off while the question was open', async () => {
    const flight = aFlight();
    const { gate } = gateOf(() => {
      flight.breakOff('stopped');
      return ALLOW;
    });
    expect(await mayGoOn(flight, gate, 'openai')).toBe(false);
    expect(flight.cause()).toBe('stopped');
  });
});

describe('whether all whose words go along agree still', () => {
  const [ben, cleo] = [aPerson({ person: 'BEN' }), aPerson({ person: 'CLEO' })];

  it('is yes where each of them does, each asked about this vendor and this conversation', async () => {
    const { asked, gate } = gateOf(() => ALLOW);
    expect(await allAgree([ben, cleo], gate, 'openai', 'C7')).toBe(true);
    expect(asked).toEqual([
      ['BEN', 'openai', 'C7'],
      ['CLEO', 'openai', 'C7'],
    ]);
  });

  it('is yes where nobody’s words go along', async () => {
    expect(await allAgree([], gateOf(() => ALLOW).gate, 'openai', 'C7')).toBe(true);
  });

  it.each<[string, () => Decision | Promise<Decision>]>([
    ['withdrew', () => ({ kind: 'deny', reason: 'withdrawn' })],
    ['would have to be asked again', () => ({ kind: 'ask', reason: 'notice-changed' })],
    ['cannot be found out about', () => Promise.reject(new Error('disk'))],
  ])('is no where one of them %s', async (_who, decide) => {
    const { gate } = gateOf((person) => (person === 'CLEO' ? decide() : ALLOW));
    expect(await allAgree([ben, cleo], gate, 'openai', 'C7')).toBe(false);
  });
});
