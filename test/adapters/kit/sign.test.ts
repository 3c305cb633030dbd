import { Sign, type SignCalls } from '../../../adapters/kit/sign';
import { aClock } from '../../support/sign';

/** A sign whose calls a test answers. */
function aSign(given: { readonly repeatMs?: number; readonly fails?: boolean } = {}) {
  const made: string[] = [];
  const open: (() => void)[] = [];
  const call = (name: string): Promise<void> => {
    made.push(name);
    return new Promise((resolve, reject) => {
      open.push(() => (given.fails === true ? reject(new Error('no')) : resolve()));
    });
  };
  const calls: SignCalls = {
    show: (isLong) => call(isLong ? 'long' : 'show'),
    clear: () => call('clear'),
    end: () => call('end'),
    ...(given.repeatMs !== undefined && { repeatMs: given.repeatMs }),
  };
  const clock = aClock();
  const sign = new Sign(calls, clock);
  return {
    sign,
    clock,
    made,
    /** Answers the call that is under way. */
    async answer(): Promise<void> {
      open.shift()?.();
      await settle();
    },
  };
}

/** Lets all that waits for nothing but promises come to rest. */
async function settle(): Promise<void> {
  for (let hops = 0; hops < 20; hops += 1) await Promise.resolve();
}

describe('the sign that dejiren is at work', () => {
  it('is shown at once, once, and in other words after 20 seconds', async () => {
    const { sign, clock, made, answer } = aSign();
    sign.show();
    sign.show();
    expect(made).toEqual(['show']);
    await answer();
    clock.wind(19_999);
    expect(made).toEqual(['show']);
    clock.wind(1);
    expect(made).toEqual(['show', 'long']);
    await answer();
    clock.wind(600_000);
    expect(made).toEqual(['show', 'long']);
  });

  it('is shown again before the platform lets go of it, and never two calls at once', async () => {
    const { sign, clock, made, answer } = aSign({ repeatMs: 4_000 });
    sign.show();
    clock.wind(4_000);
    clock.wind(4_000);
    expect(made).toEqual(['show']);
    await answer();
    expect(made).toEqual(['show', 'show']);
    await answer();
    clock.wind(4_000);
    expect(made).toEqual(['show', 'show', 'show']);
  });

  it('is shown no more once words come: they take its place', async () => {
    const { sign, clock, made, answer } = aSign({ repeatMs: 4_000 });
    sign.show();
    await answer();
    await sign.giveWay();
    sign.cover();
    clock.wind(600_000);
    const hidden = sign.hide();
    await settle();
    await answer();
    await hidden;
    expect([made, clock.waiting]).toEqual([['show', 'end'], 0]);
  });

  it('is taken away after words that raced it: nobody knows which came last', async () => {
    const { sign, made, answer } = aSign();
    sign.show();
    let gaveWay = false;
    void sign.giveWay().then(() => {
      gaveWay = true;
    });
    await settle();
    expect(gaveWay).toBe(false);
    sign.cover();
    await answer();
    expect([gaveWay, made]).toEqual([true, ['show', 'clear']]);
    const hidden = sign.hide();
    await answer();
    await answer();
    await hidden;
    expect(made).toEqual(['show', 'clear', 'end']);
  });

  it('is taken away where no word came, after the call that is under way, and once', async () => {
    const { sign, clock, made, answer } = aSign();
    sign.show();
    const hidden = Promise.all([sign.hide(), sign.hide()]);
    clock.wind(20_000);
    expect(made).toEqual(['show']);
    for (let calls = 0; calls < 3; calls += 1) await answer();
    await hidden;
    expect(made).toEqual(['show', 'clear', 'end']);
  });

  it('costs no call where it was never shown', async () => {
    const { sign, made, clock } = aSign();
    await sign.hide();
    sign.show();
    clock.wind(20_000);
    expect(made).toEqual([]);
  });

  it('fails nothing where its calls fail', async () => {
    const { sign, clock, made, answer } = aSign({ fails: true });
    sign.show();
    await answer();
    clock.wind(20_000);
    await answer();
    const hidden = sign.hide();
    await settle();
    await answer();
    await answer();
    await hidden;
    expect(made).toEqual(['show', 'long', 'clear', 'end']);
  });
});
