import fc from 'fast-check';
import { createSlackRates } from '../../../adapters/slack/rates';

describe('the budget of calls to Slack', () => {
  it('never gives more slots in a minute than Slack allows, and gives them in order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5_000 }), { minLength: 1, maxLength: 300 }), (gaps) => {
        let now = 0;
        const rates = createSlackRates(() => now);
        const slots = gaps.map((gap) => {
          now += gap;
          return now + rates.take('chat.startStream');
        });
        expect([...slots].sort((one, other) => one - other)).toEqual(slots);
        for (const [index, slot] of slots.entries())
          expect(slots.filter((other, place) => place <= index && other > slot - 60_000)).not.toHaveLength(21);
      }),
    );
  });

  it('lets a channel have a burst of posts, then one a second, and forgets it when it has been quiet', () => {
    let now = 0;
    const rates = createSlackRates(() => now);
    const waits = Array.from({ length: 33 }, () => rates.takePost('C1'));
    expect(waits.slice(0, 30).every((wait) => wait === 0)).toBe(true);
    expect(waits.slice(30)).toEqual([1_000, 2_000, 3_000]);
    expect(rates.takePost('C2')).toBe(0);
    now = 120_000;
    expect(rates.takePost('C1')).toBe(0);
  });

  it('waits as long as Slack says when it says no all the same, and only there', () => {
    const rates = createSlackRates(() => 0);
    rates.pause('chat.update', 7_000);
    rates.pause({ post: 'C1' }, 3_000);
    expect([rates.take('chat.update'), rates.free('chat.update')]).toEqual([7_000, 0]);
    expect([rates.takePost('C1'), rates.takePost('C2'), rates.take('chat.appendStream')]).toEqual([3_000, 0, 0]);
  });
});
