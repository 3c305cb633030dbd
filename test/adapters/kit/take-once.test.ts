import { takeOnce } from '../../../adapters/kit/take-once';
import { aRegister } from '../../support/inputs';

const input = { platform: 'slack', tenant: 'T1', id: 'message:C1:1.0' };

describe('takeOnce', () => {
  it('does the work of an input once, and not beside itself', async () => {
    const inputs = aRegister();
    const done: number[] = [];
    const { promise, resolve } = Promise.withResolvers<'done'>();
    const first = takeOnce(inputs, input, 0, () => {
      done.push(1);
      return promise;
    });
    const work = (which: number) => async (): Promise<'done'> => {
      done.push(which);
      return 'done';
    };
    await takeOnce(inputs, input, 0, work(2));
    expect(inputs.lookUp(input.id)).toBe('held');
    resolve('done');
    await first;
    await takeOnce(inputs, input, 0, work(3));
    expect([done, inputs.lookUp(input.id)]).toEqual([[1], 'done']);
  });

  it('does it again where it failed, or threw', async () => {
    const inputs = aRegister();
    let tries = 0;
    const work = async (): Promise<'done' | 'failed'> => {
      tries += 1;
      if (tries === 1) throw new Error('broken');
      return tries === 2 ? 'failed' : 'done';
    };
    await expect(takeOnce(inputs, input, 0, work)).rejects.toThrow('broken');
    for (let delivery = 0; delivery < 3; delivery += 1) await takeOnce(inputs, input, 0, work);
    expect(tries).toBe(3);
  });

  it('does it where the register takes long to tell, and settles it once it has told', async () => {
    const inputs = aRegister();
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = { ...inputs, take: (key: typeof input) => promise.then(() => inputs.take(key, 0)) };
    const done: string[] = [];
    const work = async (): Promise<'done'> => {
      done.push('once');
      return 'done';
    };
    await takeOnce(slow, input, 0, work, 1);
    expect([done, inputs.lookUp(input.id)]).toEqual([['once'], undefined]);
    resolve();
    await new Promise(setImmediate);
    expect(inputs.lookUp(input.id)).toBe('done');
  });

  it('does it where the register cannot tell, or nothing tells the input from others', async () => {
    const locked = { ...aRegister(), take: () => Promise.reject(new Error('locked')) };
    let done = 0;
    const work = async (): Promise<'done'> => {
      done += 1;
      return 'done';
    };
    await takeOnce(locked, input, 0, work);
    for (let act = 0; act < 2; act += 1) await takeOnce(aRegister(), { ...input, id: undefined }, 0, work);
    expect(done).toBe(3);
  });
});
