import type { ConsentAction, ConsentMode } from '../../src/consent/consent';
import { sealText } from '../../src/model/text';
import { aNotice, consentBench, START, someone, statement } from '../support/consent';

const DAY = 86_400_000;
const origin = { surface: 'command', language: 'en' } as const;
const one = aNotice('one');

describe('a command of somebody who was never shown the notice in force', () => {
  let bench: ReturnType<typeof consentBench>;
  const start = (wish: Parameters<typeof consentBench>[0] = {}): void => {
    bench = consentBench({ noticeFirst: true, ...wish });
  };
  const restart = (wish: Parameters<typeof consentBench>[0] = {}): void => {
    bench.close();
    start({ folder: bench.folder, ...wish });
  };
  afterEach(() => bench.remove());

  const type = (words: string, who = someone) => bench.handler.run(who, sealText(words), origin);
  const press = (action: ConsentAction, who = someone) =>
    bench.handler.act(who, action, { surface: 'button', language: 'en' });
  const decision = async (vendor = 'one') => (await bench.gate.check(someone, vendor, 'C1')).decision;
  const rows = async () => (await bench.store.ledger.history(someone)).length;

  it.each(['', 'on', 'on one'])('shows the label, and agrees when it is typed once more: “%s”', async (words) => {
    start();
    expect(await type(words)).toMatchObject({ kind: 'ask', reason: 'first', notice: { vendor: 'one' }, typed: true });
    expect((await decision()).kind).toBe('ask');
    expect(await type(words)).toMatchObject({ kind: 'granted', already: false, validUntil: START + 365 * DAY });
    expect((await decision()).kind).toBe('allow');
  });

  it('toggles at once from then on, both ways', async () => {
    start();
    await type('');
    const kinds = [];
    for (let times = 0; times < 4; times += 1) kinds.push((await type('')).kind);
    expect(kinds).toEqual(['granted', 'withdrawn', 'granted', 'withdrawn']);
  });

  it('agrees by the label’s button as well, and toggles at once after it', async () => {
    start();
    await type('');
    expect(await press({ do: 'grant', vendor: 'one', noticeId: one.id })).toMatchObject({ kind: 'granted' });
    expect([(await type('')).kind, (await type('')).kind]).toEqual(['withdrawn', 'granted']);
  });

  it('knows after a restart, and in every process on the database, what was shown', async () => {
    start();
    await type('');
    const replica = consentBench({ folder: bench.folder, noticeFirst: true });
    expect(await replica.handler.run(someone, sealText(''), origin)).toMatchObject({ kind: 'granted' });
    replica.close();
    await type('off');
    restart();
    expect(await type('')).toMatchObject({ kind: 'granted' });
  });

  it('takes the label that a question led to for a look', async () => {
    start();
    await bench.handler.noticeShown(someone, one, { surface: 'card', language: 'en' });
    expect(await type('')).toMatchObject({ kind: 'granted' });
  });

  it('takes no look of anybody else’s, at another vendor’s notice, or before an erasure for theirs', async () => {
    start();
    await type('on two');
    await type('', { ...someone, id: 'U2' });
    expect(await type('')).toMatchObject({ kind: 'ask' });
    await type('erase confirm');
    expect(await type('')).toMatchObject({ kind: 'ask', reason: 'first' });
  });

  it('shows a notice that changed in substance, with the one before, and one that was reworded to nobody', async () => {
    start();
    await type('');
    await type('');
    const reworded = { statements: [{ ...statement, text: { en: 'It is not used.', ja: '使いません。' } }] };
    restart({ notices: [aNotice('one', reworded)] });
    expect([(await type('')).kind, (await type('')).kind]).toEqual(['withdrawn', 'granted']);
    restart({ notices: [aNotice('one', {}, { region: 'us' })] });
    expect(await type('')).toMatchObject({
      kind: 'ask',
      reason: 'notice-changed',
      notice: { route: { region: 'us' } },
      before: { route: { region: 'jp' } },
    });
    expect((await decision()).kind).toBe('ask');
    expect(await type('')).toMatchObject({ kind: 'granted' });
  });

  it('shows the label again to whoever agreed by the command while no look was asked for', async () => {
    start({ noticeFirst: false });
    expect(await type('')).toMatchObject({ kind: 'granted' });
    await type('off');
    restart();
    expect(await type('')).toMatchObject({ kind: 'ask' });
  });

  it('agrees with on all to nothing unseen: a label for each vendor first', async () => {
    start({ policy: { grantDays: 1 } });
    await press({ do: 'grant', vendor: 'one', noticeId: one.id });
    bench.setNow(START + 2 * DAY);
    expect(await type('on all')).toMatchObject({ kind: 'ask', reason: 'first', notice: { vendor: 'two' } });
    expect([(await decision('one')).kind, (await decision('two')).kind]).toEqual(['ask', 'ask']);
    expect(await type('on all')).toMatchObject({ kind: 'granted', notices: [{ vendor: 'one' }, { vendor: 'two' }] });
  });

  it('withdraws in one step all the same, and offers to agree again to nothing unseen', async () => {
    start();
    expect(await type('off one')).toMatchObject({ kind: 'withdrawn', undo: undefined });
    expect((await decision()).kind).toBe('deny');
    await press({ do: 'grant', vendor: 'one', noticeId: one.id });
    expect(await type('off')).toMatchObject({ kind: 'withdrawn', undo: { vendor: 'one' } });
  });

  it('writes nothing down where they would rather be left alone, and asks again', async () => {
    start();
    await type('');
    const before = await rows();
    expect(await press({ do: 'dismiss' })).toEqual({ kind: 'dismissed' });
    expect(await rows()).toBe(before);
    expect((await decision()).kind).toBe('ask');
  });

  it('leads from the opened notice back to the label, which is written down once', async () => {
    start();
    await type('');
    const before = await rows();
    expect(await press({ do: 'notice', vendor: 'one' })).toMatchObject({ kind: 'notice', opened: true });
    expect(await press({ do: 'ask', vendor: 'one' })).toMatchObject({ kind: 'ask', reason: 'first' });
    expect(await rows()).toBe(before);
    await press({ do: 'grant', vendor: 'one', noticeId: one.id });
    expect(await press({ do: 'ask', vendor: 'one' })).toMatchObject({ kind: 'granted', already: true });
    expect(await press({ do: 'ask', vendor: 'three' })).toMatchObject({ kind: 'vendor-unknown' });
  });

  it('undoes the choice of a vendor by a button', async () => {
    start();
    expect(await type('vendor two')).toMatchObject({ kind: 'vendor-chosen', before: 'one', validUntil: undefined });
    expect(await press({ do: 'choose', vendor: 'one' })).toMatchObject({ kind: 'vendor-chosen', before: 'two' });
    expect(await bench.gate.vendorInEffect(someone)).toBe('one');
    expect(await press({ do: 'choose' })).toMatchObject({ kind: 'vendor-unknown' });
  });

  it('says in opt-out what silence leads to, and not that the command agrees: there it takes back', async () => {
    start({ policy: { mode: (): ConsentMode => 'opt-out' } });
    const view = await type('');
    expect(view).toMatchObject({ kind: 'ask', silence: 'sends' });
    expect(view).not.toHaveProperty('typed');
    expect(await decision()).toMatchObject({ kind: 'allow', basis: 'notice-shown' });
    expect(await type('')).toMatchObject({ kind: 'withdrawn', undo: { vendor: 'one' } });
  });
});
