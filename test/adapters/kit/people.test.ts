import { createKnownPeople } from '../../../adapters/kit/people';

describe('people that a platform was asked about', () => {
  let time = 0;
  let asked: string[] = [];
  const known = () => {
    time = 0;
    asked = [];
    return createKnownPeople<string>({ isTold: (name) => name !== '', now: () => time });
  };
  const ask = (answer: string) => async () => {
    asked.push(answer);
    return answer;
  };

  it('are asked about once in ten minutes, however many want to know at once', async () => {
    const people = known();
    expect(await Promise.all([people.find('a', ask('Aiko')), people.find('a', ask('again'))])).toEqual([
      'Aiko',
      'Aiko',
    ]);
    time = 599_999;
    expect(await people.find('a', ask('again'))).toBe('Aiko');
    time = 600_000;
    expect(await people.find('a', ask('Aiko, later'))).toBe('Aiko, later');
    expect(asked).toEqual(['Aiko', 'Aiko, later']);
  });

  it('are asked about again where the platform did not tell, or the call failed', async () => {
    const people = known();
    expect(await people.find('a', ask(''))).toBe('');
    await expect(people.find('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await people.find('a', ask('Aiko'))).toBe('Aiko');
    expect(await people.find('a', ask('again'))).toBe('Aiko');
  });

  it('keep what was learned meanwhile, when an older question comes to nothing', async () => {
    const people = known();
    const { promise, resolve } = Promise.withResolvers<string>();
    const first = people.find('a', () => promise);
    time = 600_000;
    await people.find('a', ask('Aiko'));
    resolve('');
    expect(await first).toBe('');
    expect(await people.find('a', ask('again'))).toBe('Aiko');
  });

  it('are forgotten with the conversation that they were met in, and all at once', async () => {
    const people = known();
    await people.find('a', ask('Aiko'), 'here');
    await people.find('b', ask('Ben'), 'there');
    people.forgetPlace('here');
    expect(await people.find('a', ask('asked anew'))).toBe('asked anew');
    expect(await people.find('b', ask('again'))).toBe('Ben');
    people.clear();
    expect(await people.find('b', ask('asked anew'))).toBe('asked anew');
  });

  it('are two thousand at most', async () => {
    const people = known();
    for (let index = 0; index <= 2_000; index += 1) await people.find(String(index), async () => 'x');
    expect(await people.find('2000', ask('again'))).toBe('x');
    expect(await people.find('0', ask('asked anew'))).toBe('asked anew');
  });
});
