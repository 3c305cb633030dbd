import { setImmediate as nextRound } from 'node:timers/promises';
import { brokenOff, createInFlight } from '../../src/dispatch/in-flight';
import { keyOfPerson } from '../../src/model/person-key';
import type { ConversationId, MessageId, ThreadId } from '../../src/model/turn';
import { aPerson, aTurn } from '../support/turns';

describe('turns in flight', () => {
  it('stops the answers to one person in one thread, and no others', () => {
    const inFlight = createInFlight();
    const here = inFlight.take(aTurn({ thread: 'a' }));
    const otherThread = inFlight.take(aTurn({ thread: 'b' }));
    const otherPerson = inFlight.take(aTurn({ thread: 'a', person: 'U2' }));
    inFlight.stop(aPerson(), 'C1' as ConversationId, 'a' as ThreadId);
    expect([here, otherThread, otherPerson].map((flight) => flight.cause())).toEqual(['stopped', undefined, undefined]);
    expect(here.signal.aborted).toBe(true);
  });

  it('stops every thread of the conversation when none is told', () => {
    const inFlight = createInFlight();
    const flights = ['a', 'b'].map((thread) => inFlight.take(aTurn({ thread })));
    const elsewhere = inFlight.take(aTurn({ conversation: 'C2' }));
    inFlight.stop(aPerson(), 'C1' as ConversationId);
    expect(flights.map((flight) => flight.cause())).toEqual(['stopped', 'stopped']);
    expect(elsewhere.cause()).toBeUndefined();
  });

  it('aborts what goes to the vendor that a person withdrew from, and what has no vendor yet', () => {
    const inFlight = createInFlight();
    const [agreed, other, undecided] = ['openai', 'preview', undefined].map((vendor) => {
      const flight = inFlight.take(aTurn());
      flight.vendor = vendor;
      return flight;
    });
    inFlight.withdraw(aPerson(), 'openai');
    expect([agreed, other, undecided].map((flight) => flight?.cause())).toEqual(['withdrawn', undefined, 'withdrawn']);
  });

  it('aborts what goes to any vendor where a person withdrew from all', () => {
    const inFlight = createInFlight();
    const flights = ['openai', 'preview', undefined].map((vendor) => Object.assign(inFlight.take(aTurn()), { vendor }));
    inFlight.withdraw(aPerson(), undefined);
    expect(flights.map((flight) => flight.cause())).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
  });

  it('never confuses the same id in two tenants or on two platforms', () => {
    const inFlight = createInFlight();
    const otherTenant = inFlight.take(aTurn({ tenant: 'T2' }));
    const otherPlatform = inFlight.take(aTurn({ platform: 'local' }));
    inFlight.withdraw(aPerson(), undefined);
    expect([otherTenant.cause(), otherPlatform.cause()]).toEqual([undefined, undefined]);
  });

  it('keeps the first cause', () => {
    const inFlight = createInFlight();
    const flight = inFlight.take(aTurn());
    inFlight.withdraw(aPerson(), undefined);
    inFlight.interruptAll();
    expect(flight.cause()).toBe('withdrawn');
  });

  it('stops the answers to a message that is gone, whoever asked, and no others', () => {
    const inFlight = createInFlight();
    const gone = inFlight.take(aTurn({ id: '1.1' }));
    const sameMessage = inFlight.take(aTurn({ id: '1.1', person: 'U2' }));
    const otherMessage = inFlight.take(aTurn({ id: '1.2' }));
    const otherConversation = inFlight.take(aTurn({ id: '1.1', conversation: 'C2' }));
    inFlight.stopIn('C1' as ConversationId, '1.1' as MessageId);
    expect([gone, sameMessage, otherMessage, otherConversation].map((flight) => flight.cause())).toEqual([
      'stopped',
      'stopped',
      undefined,
      undefined,
    ]);
  });

  it('stops every answer in a conversation that is gone, and none elsewhere', () => {
    const inFlight = createInFlight();
    const here = ['1.1', '1.2'].map((id) => inFlight.take(aTurn({ id })));
    const elsewhere = inFlight.take(aTurn({ id: '1.1', conversation: 'C2' }));
    inFlight.stopIn('C1' as ConversationId);
    expect(here.map((flight) => flight.cause())).toEqual(['stopped', 'stopped']);
    expect(elsewhere.cause()).toBeUndefined();
  });

  it('aborts for the person who withdrew, and for nobody else', () => {
    const inFlight = createInFlight();
    const [theirs, another] = [aTurn(), aTurn({ person: 'U2' })].map((turn) => inFlight.take(turn));
    inFlight.withdraw(aPerson(), undefined);
    expect([theirs?.cause(), another?.cause()]).toEqual(['withdrawn', undefined]);
  });

  it('interrupts all that is left', () => {
    const inFlight = createInFlight();
    const flights = ['U1', 'U2'].map((person) => inFlight.take(aTurn({ person })));
    inFlight.interruptAll();
    expect(flights.map(({ signal, cause }) => [signal.aborted, cause()])).toEqual([
      [true, 'interrupted'],
      [true, 'interrupted'],
    ]);
  });

  it('has nothing to do with a turn that landed', () => {
    const inFlight = createInFlight();
    const flight = inFlight.take(aTurn());
    expect(inFlight.size).toBe(1);
    flight.land();
    expect(inFlight.size).toBe(0);
    inFlight.interruptAll();
    expect(flight.cause()).toBeUndefined();
  });

  it('waits for nothing where nothing is in flight, or no time is left', async () => {
    const inFlight = createInFlight();
    await inFlight.landed(new AbortController().signal);
    inFlight.take(aTurn());
    await inFlight.landed(AbortSignal.abort());
    expect(inFlight.size).toBe(1);
  });

  it('waits while one turn of several is in flight', async () => {
    const inFlight = createInFlight();
    const [first, second] = ['1.1', '1.2'].map((id) => inFlight.take(aTurn({ id })));
    let landed = false;
    const waiting = inFlight.landed(new AbortController().signal).then(() => {
      landed = true;
    });
    first?.land();
    await nextRound();
    expect(landed).toBe(false);
    second?.land();
    await waiting;
  });

  it('waits until the last turn landed, and no longer than it is told', async () => {
    const inFlight = createInFlight();
    const flight = inFlight.take(aTurn());
    const patience = new AbortController();
    const landed = inFlight.landed(patience.signal);
    flight.land();
    await landed;
    inFlight.take(aTurn());
    const impatient = inFlight.landed(patience.signal);
    patience.abort();
    await impatient;
    expect(inFlight.size).toBe(1);
  });
});

describe('how an answer ends that was broken off', () => {
  it.each([
    [undefined, undefined],
    ['stopped', { kind: 'stopped' }],
    ['withdrawn', { kind: 'withdrawn' }],
    ['interrupted', { kind: 'interrupted' }],
    [{ denied: 'denied-residency' }, { kind: 'failed', problem: 'denied-residency' }],
  ] as const)('%j: %j', (cause, ending) => {
    expect(brokenOff({ cause: () => cause })).toEqual(ending);
  });
});

describe('the word for a person', () => {
  it('is one for each, wherever they are met, and no other’s', () => {
    const wishes = [{}, { person: 'U2' }, { tenant: 'T2' }, { platform: 'local' as const }];
    expect(new Set(wishes.map((wish) => keyOfPerson(aPerson(wish)))).size).toBe(wishes.length);
    expect(keyOfPerson(aPerson({ membership: 'guest' }))).toBe(keyOfPerson(aPerson()));
  });
});
