import { createGuesses } from '../../src/http/guesses';

const LIMITS = {
  perAddress: { atOnce: 3, everyMs: 1_000 },
  altogether: { atOnce: 5, everyMs: 100 },
  addresses: 4,
};

describe('wrong guesses at a secret', () => {
  let now = 0;
  const guesses = () => {
    now = 0;
    return createGuesses(() => now, LIMITS);
  };

  it('lets an address guess so often at once, then once in so many milliseconds', () => {
    const all = guesses();
    expect([all.wrong('1.1.1.1'), all.wrong('1.1.1.1'), all.wrong('1.1.1.1')]).toEqual([false, false, true]);
    expect(all.waitOf('1.1.1.1')).toBe(1_000);
    now = 999;
    expect(all.waitOf('1.1.1.1')).toBe(1);
    now = 1_000;
    expect(all.waitOf('1.1.1.1')).toBe(0);
    expect(all.wrong('1.1.1.1')).toBe(true);
    expect(all.waitOf('1.1.1.1')).toBe(1_000);
    now = 60_000;
    expect([all.wrong('1.1.1.1'), all.wrong('1.1.1.1'), all.wrong('1.1.1.1')]).toEqual([false, false, true]);
  });

  it('does not let one address use up the others’', () => {
    const all = guesses();
    for (let count = 0; count < 3; count += 1) all.wrong('1.1.1.1');
    expect(all.waitOf('2.2.2.2')).toBe(0);
  });

  it('bounds what all addresses guess together, but for those that knew the secret', () => {
    const all = guesses();
    all.right('9.9.9.9');
    const last = ['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4', '5.5.5.5'].map(all.wrong);
    expect(last).toEqual([false, false, false, false, true]);
    expect([all.waitOf('6.6.6.6'), all.waitOf('9.9.9.9')]).toEqual([100, 0]);
    for (let count = 0; count < 3; count += 1) all.wrong('9.9.9.9');
    expect(all.waitOf('9.9.9.9')).toBe(1_000);
  });

  it('takes the addresses of one IPv6 network, and the two ways to write one of IPv4, for one', () => {
    const all = guesses();
    for (const address of ['2001:db8:1:2::1', '2001:DB8:1:2:ffff::', '2001:db8:1:2:3:4:5:6%eth0']) all.wrong(address);
    expect([all.waitOf('2001:db8:1:2:9::'), all.waitOf('2001:db8:1:3::1')]).toEqual([1_000, 0]);
    const others = guesses();
    for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '::FFFF:127.0.0.1']) others.wrong(address);
    expect([others.waitOf('127.0.0.1'), others.waitOf('::1')]).toEqual([1_000, 0]);
  });

  it.each([
    ['2001:db8::1', '2001:db8:0:0:5:6:7:8'],
    ['::1', '0:0:0:0:5:6:7:8'],
    ['::', '0:0:0:0::'],
    ['1::2', '1:0:0:0:9::'],
    ['1:2::3', '1:2:0:0:ffff::'],
    ['1:2:3:4::', '1:2:3:4:5:6:7:8'],
    ['1::6:7:8', '1:0:0:0:5:6:7:9'],
    ['1::4:5:6:7:8', '1:0:0:4::'],
    ['::4:5:6:7:8', '0:0:0:4::'],
    ['fe80::1%eth0', 'fe80::2%eth1'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
  ])('take %s for the network of %s', (one, other) => {
    const all = guesses();
    for (let count = 0; count < 3; count += 1) all.wrong(one);
    expect(all.waitOf(other)).toBe(1_000);
    expect([all.waitOf('5::'), all.waitOf('0:0:0:7::')]).toEqual([0, 0]);
  });

  it.each([
    ['1:2:3:4::', '1:2:3:5::'],
    ['1:23:4:5::', '12:3:4:5::'],
    ['fe80::ffff:1.2.3.4', '1.2.3.4'],
    ['1.2.3.4', '1.2.3.5'],
    ['::4:5:6:7:8', '::5:6:7:8'],
    ['1:0:0:0::', '1:1:0:0::'],
    ['::ffff:1.2.3.4', '::ffff:1.2.3.5'],
  ])('take %s for another network than that of %s', (one, other) => {
    const all = guesses();
    for (let count = 0; count < 3; count += 1) all.wrong(one);
    expect(all.waitOf(other)).toBe(0);
  });

  it('are heard ten at once of one address where nothing else is told, then one in six seconds', () => {
    now = 0;
    const all = createGuesses(() => now);
    const last = Array.from({ length: 10 }, () => all.wrong('1.1.1.1'));
    expect([last.indexOf(true), all.waitOf('1.1.1.1')]).toEqual([9, 6_000]);
    for (let count = 0; count < 90; count += 1) all.wrong(`2.2.2.${count}`);
    expect(all.waitOf('3.3.3.3')).toBe(1_000);
  });

  it('remembers so many addresses', () => {
    const all = createGuesses(() => now, { ...LIMITS, altogether: { atOnce: 1_000, everyMs: 1 } });
    for (let count = 0; count < 3; count += 1) all.wrong('1.1.1.1');
    for (let count = 0; count < 3; count += 1) all.wrong(`2.2.2.${count}`);
    expect(all.waitOf('1.1.1.1')).toBeGreaterThan(0);
    all.wrong('2.2.2.3');
    expect(all.waitOf('1.1.1.1')).toBe(0);
  });
});
