import { type BystanderWatch, createBystanders } from '../../src/dispatch/bystanders';
import { aPerson } from '../support/turns';

const [ben, cleo] = [aPerson({ person: 'BEN' }), aPerson({ person: 'CLEO' })];

/** A question to a vendor that goes along with words of others, and is open until the test says it is answered. */
function aQuestion(bystanders = createBystanders(), vendor = 'openai') {
  const answered = Promise.withResolvers<string>();
  const opened = Promise.withResolvers<BystanderWatch>();
  const asked = bystanders.watch(vendor, (watch) => {
    opened.resolve(watch);
    return answered.promise;
  });
  return { bystanders, asked, ...answered, watch: opened.promise };
}

describe('words of others that go along with a question', () => {
  it.each([
    ['from the vendor that is asked', 'openai'],
    ['from every vendor', undefined],
  ])('are taken out where one of their authors withdraws %s', async (_from, vendor) => {
    const question = aQuestion();
    const { bystanders } = question;
    const watch = await question.watch;
    watch.relyOn([cleo, ben]);
    expect(watch.signal.aborted).toBe(false);
    bystanders.withdraw(ben, vendor);
    expect(watch.signal.aborted).toBe(true);
  });

  it('stay where their author withdraws from another vendor', async () => {
    const question = aQuestion();
    const { bystanders } = question;
    const watch = await question.watch;
    watch.relyOn([ben]);
    bystanders.withdraw(ben, 'bedrock');
    expect(watch.signal.aborted).toBe(false);
  });

  it('stay where somebody else withdraws, also one who bears the same id in another tenant', async () => {
    const question = aQuestion();
    const { bystanders } = question;
    const watch = await question.watch;
    watch.relyOn([ben]);
    bystanders.withdraw(cleo, undefined);
    bystanders.withdraw({ ...ben, tenant: 'T2' }, undefined);
    expect(watch.signal.aborted).toBe(false);
  });

  it.each([
    ['from the vendor that is asked', 'openai', true],
    ['from every vendor', undefined, true],
    ['from another vendor', 'bedrock', false],
  ])('may have an author who withdrew %s while their consent was read', async (_from, vendor, spoiled) => {
    const question = aQuestion();
    const { bystanders } = question;
    const watch = await question.watch;
    bystanders.withdraw(ben, vendor);
    expect(watch.signal.aborted).toBe(false);
    watch.relyOn([cleo, ben]);
    expect(watch.signal.aborted).toBe(spoiled);
  });

  it('go along where somebody withdrew meanwhile whose words are none of them', async () => {
    const question = aQuestion();
    const { bystanders } = question;
    const watch = await question.watch;
    bystanders.withdraw(ben, undefined);
    watch.relyOn([cleo]);
    expect(watch.signal.aborted).toBe(false);
  });

  it('are taken out of every question that they go along with, each vendor for itself', async () => {
    const bystanders = createBystanders();
    const vendors = ['openai', 'bedrock', 'openai'];
    const watches = await Promise.all(vendors.map((vendor) => aQuestion(bystanders, vendor).watch));
    for (const watch of watches) watch.relyOn([ben]);
    bystanders.withdraw(ben, 'openai');
    expect(watches.map(({ signal }) => signal.aborted)).toEqual([true, false, true]);
  });

  it('are watched until the answer begins: who withdraws later does not end it', async () => {
    const { bystanders, ...question } = aQuestion();
    const watch = await question.watch;
    watch.relyOn([ben]);
    expect(bystanders.size).toBe(1);
    watch.end();
    bystanders.withdraw(ben, undefined);
    expect(watch.signal.aborted).toBe(false);
    expect(bystanders.size).toBe(0);
  });

  it('are watched no longer than the question is open, however it ends', async () => {
    const { bystanders, ...question } = aQuestion();
    question.resolve('said');
    expect(await question.asked).toBe('said');
    expect(bystanders.size).toBe(0);
    const broken = aQuestion(bystanders);
    broken.reject(new RangeError());
    await expect(broken.asked).rejects.toThrow(RangeError);
    expect(bystanders.size).toBe(0);
  });
});
