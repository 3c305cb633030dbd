import type { ConsentAction, ConsentView } from '../../src/consent/consent';
import type { ToldAt } from '../../src/consent/input';
import { sealText } from '../../src/model/text';
import { aNotice, consentBench, someone } from '../support/consent';

let bench: ReturnType<typeof consentBench>;
afterEach(() => bench.remove());

const request = (at: number): ToldAt => ({ clock: 'request', at, live: true });
const message = (at: number): ToldAt => ({ clock: 'message', at, live: false });
const origin = (id: string, told?: ToldAt) =>
  ({ surface: 'command', language: 'en', input: { id, ...(told && { told }) } }) as const;
const type = (words: string, id: string, told?: ToldAt): Promise<ConsentView> =>
  bench.handler.run(someone, sealText(words), origin(id, told));
const press = (action: ConsentAction, id: string, told?: ToldAt): Promise<ConsentView> =>
  bench.handler.act(someone, action, origin(id, told));
const agreed = async (vendor = 'one'): Promise<boolean> =>
  (await bench.gate.check(someone, vendor, 'C1')).decision.kind === 'allow';
const rows = async (): Promise<number> => (await bench.store.ledger.history(someone)).length;

describe('an input that comes again', () => {
  it.each(['on', 'on all', '', 'on one'])('agrees to nothing after a withdrawal: “%s”', async (words) => {
    bench = consentBench();
    expect(await type(words, 'a')).toMatchObject({ kind: 'granted', already: false });
    await type('off', 'b');
    expect(await type(words, 'a')).toMatchObject({ kind: 'withdrawn', already: true });
    expect(await agreed()).toBe(false);
  });

  it('does not toggle back what it toggled', async () => {
    bench = consentBench();
    await type('', 'a');
    expect(await type('', 'a')).toMatchObject({ kind: 'granted', already: true });
    await type('', 'b');
    expect(await type('', 'b')).toMatchObject({ kind: 'withdrawn', already: true });
    expect(await type('', 'a')).toMatchObject({ kind: 'withdrawn', already: true });
    expect(await rows()).toBe(2);
  });

  it('toggles once where it comes twice at once', async () => {
    bench = consentBench();
    await Promise.all([type('', 'a'), type('', 'a'), type('', 'a')]);
    expect([await agreed(), await rows()]).toEqual([true, 1]);
  });

  it('withdraws nothing that was agreed to since, and ends no answer', async () => {
    bench = consentBench();
    await type('on', 'a');
    await type('off', 'b');
    await type('on', 'c');
    const before = bench.events.length;
    for (const words of ['off', 'off one', 'off all']) await type(words, 'b');
    expect(await type('off', 'b')).toMatchObject({ kind: 'status' });
    expect([await agreed(), bench.events.length]).toEqual([true, before]);
  });

  it('shows the notice again where it led to one, and agrees to nothing', async () => {
    bench = consentBench({ noticeFirst: true });
    expect(await type('on', 'a')).toMatchObject({ kind: 'ask' });
    expect(await type('on', 'a')).toMatchObject({ kind: 'ask' });
    expect(await rows()).toBe(1);
    await press({ do: 'grant', vendor: 'one', noticeId: aNotice('one').id }, 'b');
    await press({ do: 'withdraw-all' }, 'c');
    expect(await type('on', 'a')).toMatchObject({ kind: 'withdrawn' });
    expect(await press({ do: 'grant', vendor: 'one', noticeId: aNotice('one').id }, 'b')).toMatchObject({
      kind: 'withdrawn',
    });
    expect(await agreed()).toBe(false);
  });

  it('neither chooses a vendor again, nor erases anybody again', async () => {
    bench = consentBench();
    await type('vendor two', 'a');
    await type('vendor one', 'b');
    expect(await type('vendor two', 'a')).toMatchObject({ kind: 'status' });
    expect((await bench.store.ledger.find(someone))?.vendor).toBe('one');
    expect(await type('erase confirm', 'c')).toEqual({ kind: 'erased' });
    expect(await type('erase confirm', 'c')).toEqual({ kind: 'erased' });
    await type('on', 'd');
    expect(await type('erase confirm', 'c')).toMatchObject({ kind: 'status' });
    expect(await press({ do: 'erase' }, 'c')).toMatchObject({ kind: 'status' });
    expect(await agreed()).toBe(true);
  });

  it('is answered with what is on record now, where it only asks', async () => {
    bench = consentBench();
    for (const words of ['status', 'help', 'notice', 'receipt', 'export']) {
      const first = await type(words, words);
      expect(await type(words, words)).toMatchObject({ kind: first.kind });
    }
  });

  it('is done where it could not be done the first time', async () => {
    bench = consentBench();
    const { append } = bench.parts.ledger;
    const failing = Object.assign(bench.parts.ledger, { append: () => Promise.reject(new Error('locked')) });
    expect(await type('on', 'a')).toEqual({ kind: 'refused', reason: 'ledger-unavailable' });
    Object.assign(failing, { append });
    expect(await type('on', 'a')).toMatchObject({ kind: 'granted', already: false });
  });
});

describe('two inputs at once', () => {
  const BEFORE = ['nothing', 'on', 'off'];

  it.each(['on', '', 'on all'])(
    'leave it at the withdrawal that was said after “%s”, whichever is first',
    async (words) => {
      for (const before of BEFORE)
        for (const reversed of [false, true]) {
          bench = consentBench();
          if (before !== 'nothing') await type(before, 'before', message(50));
          const acts = [() => type(words, 'a', message(100)), () => type('off', 'b', message(200))];
          await Promise.all((reversed ? acts.reverse() : acts).map((act) => act()));
          expect([before, reversed, await agreed()]).toEqual([before, reversed, false]);
          bench.remove();
        }
      bench = consentBench();
    },
  );

  it('leave it at the agreement that was said after a withdrawal', async () => {
    for (const before of BEFORE) {
      bench = consentBench();
      if (before !== 'nothing') await type(before, 'before', message(50));
      await Promise.all([type('off', 'a', message(100)), type('on', 'b', message(200))]);
      expect([before, await agreed()]).toEqual([before, true]);
      bench.remove();
    }
    bench = consentBench();
  });
});

describe('an input that comes late', () => {
  it('overrides nothing that was said since, and is answered with how things stand', async () => {
    bench = consentBench();
    await type('off', 'a', message(200));
    expect(await type('on', 'b', message(100))).toMatchObject({ kind: 'withdrawn', already: true });
    await type('on', 'c', message(300));
    bench.events.length = 0;
    expect(await type('off', 'd', message(250))).toMatchObject({ kind: 'status' });
    expect(await type('off one', 'e', message(251))).toMatchObject({ kind: 'granted', already: true });
    expect(await agreed()).toBe(true);
    // The other vendor was withdrawn from: nothing newer was said about it.
    expect(bench.events).toEqual([`withdrawn ${someone.id} two`]);
  });

  it('does not toggle what was decided since', async () => {
    bench = consentBench();
    await type('off', 'a', request(200));
    await type('', 'b', message(100));
    expect(await agreed()).toBe(false);
    await type('on', 'c', message(400));
    await type('', 'd', message(300));
    expect(await agreed()).toBe(true);
  });

  it('counts against a withdrawal that found nothing to withdraw', async () => {
    bench = consentBench();
    for (const [id, at] of [['a', 100] as const, ['b', 300] as const]) await type('off', id, message(at));
    await type('on', 'c', message(200));
    expect(await agreed()).toBe(false);
  });

  it('does not agree to a vendor that everything was withdrawn from before it was set up', async () => {
    bench = consentBench({ notices: [aNotice('one')] });
    await type('off', 'a', message(200));
    bench.close();
    bench = consentBench({ folder: bench.folder });
    await type('on two', 'b', message(100));
    expect(await agreed('two')).toBe(false);
    await type('on two', 'c', message(300));
    expect(await agreed('two')).toBe(true);
  });

  it('makes nobody agree again who was erased since', async () => {
    bench = consentBench();
    await type('on', 'a', message(100));
    await type('erase confirm', 'b', message(300));
    await type('on', 'c', message(200));
    expect(await bench.store.ledger.find(someone)).toBeUndefined();
  });
});
