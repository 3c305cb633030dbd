import { createBystanders } from '../../src/dispatch/bystanders';
import { aPerson } from '../support/turns';

const [ben, cleo] = [aPerson({ person: 'BEN' }), aPerson({ person: 'CLEO' })];

describe('words of others that go along with a question', () => {
  it.each([
    ['from the vendor that is asked', 'openai'],
    ['from every vendor', undefined],
  ])('are taken out where one of their authors withdraws %s', (_from, vendor) => {
    const bystanders = createBystanders();
    const watch = bystanders.watch('openai');
    watch.relyOn([cleo, ben]);
    expect(watch.signal.aborted).toBe(false);
    bystanders.withdraw(ben, vendor);
    expect(watch.signal.aborted).toBe(true);
  });

  it('stay where their author withdraws from another vendor', () => {
    const bystanders = createBystanders();
    const watch = bystanders.watch('openai');
    watch.relyOn([ben]);
    bystanders.withdraw(ben, 'bedrock');
    expect(watch.signal.aborted).toBe(false);
  });

  it('stay where somebody else withdraws, also one who bears the same id in another tenant', () => {
    const bystanders = createBystanders();
    const watch = bystanders.watch('openai');
    watch.relyOn([ben]);
    bystanders.withdraw(cleo, undefined);
    bystanders.withdraw({ ...ben, tenant: 'T2' }, undefined);
    expect(watch.signal.aborted).toBe(false);
  });

  it.each([
    ['from the vendor that is asked', 'openai', true],
    ['from every vendor', undefined, true],
    ['from another vendor', 'bedrock', false],
  ])('may have an author who withdrew %s while their consent was read', (_from, vendor, spoiled) => {
    const bystanders = createBystanders();
    const watch = bystanders.watch('openai');
    bystanders.withdraw(ben, vendor);
    expect(watch.signal.aborted).toBe(false);
    watch.relyOn([cleo, ben]);
    expect(watch.signal.aborted).toBe(spoiled);
  });

  it('go along where somebody withdrew meanwhile whose words are none of them', () => {
    const bystanders = createBystanders();
    const watch = bystanders.watch('openai');
    bystanders.withdraw(ben, undefined);
    watch.relyOn([cleo]);
    expect(watch.signal.aborted).toBe(false);
  });

  it('are taken out of every question that they go along with, each vendor for itself', () => {
    const bystanders = createBystanders();
    const watches = ['openai', 'bedrock', 'openai'].map((vendor) => bystanders.watch(vendor));
    for (const watch of watches) watch.relyOn([ben]);
    bystanders.withdraw(ben, 'openai');
    expect(watches.map(({ signal }) => signal.aborted)).toEqual([true, false, true]);
  });

  it('are watched until the answer begins: who withdraws later does not end it', () => {
    const bystanders = createBystanders();
    const watch = bystanders.watch('openai');
    watch.relyOn([ben]);
    watch.end();
    bystanders.withdraw(ben, undefined);
    expect(watch.signal.aborted).toBe(false);
  });
});
