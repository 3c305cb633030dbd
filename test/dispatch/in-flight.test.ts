import { createInFlight } from '../../src/dispatch/in-flight';
import type { ConversationId, ThreadId } from '../../src/model/turn';
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
