import type { SlackApi, SlackResult } from '../../../adapters/slack/api';
import { createCalls } from '../../../adapters/slack/calls';
import { createSlackRates } from '../../../adapters/slack/rates';

describe('the calls of one reply', () => {
  /** A Slack that never answers, and a person who presses Stop while the call is under way. */
  function stoppedMidway() {
    const stop = new AbortController();
    const pauses: number[] = [];
    const api: Pick<SlackApi, 'call'> = {
      call: async (): Promise<SlackResult> => {
        stop.abort();
        return { ok: false, kind: 'unreachable' };
      },
    };
    const pause = async (ms: number): Promise<boolean> => {
      pauses.push(ms);
      return true;
    };
    const rates = createSlackRates(() => 0);
    return { pauses, calls: createCalls({ api, rates, channel: 'C1', pause, signal: stop.signal }) };
  }

  it('wait for no further attempt to show words once it was stopped', async () => {
    const { calls, pauses } = stoppedMidway();
    const result = await calls('chat.update', { channel: 'C1' }, 3, async () => true);
    expect([result, pauses]).toEqual([{ ok: false, kind: 'not-allowed' }, []]);
  });

  it('go on with what has to be said all the same, as how an answer ended', async () => {
    const { calls, pauses } = stoppedMidway();
    await calls('chat.update', { channel: 'C1' }, 2);
    expect(pauses).toEqual([500, 1_000]);
  });
});
