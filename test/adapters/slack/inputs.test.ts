import { createSlackClock } from '../../../adapters/slack/clock';
import { commandInput, messageInput, pressInput, stopInput } from '../../../adapters/slack/inputs';

const trigger = '13345224609.738474920.8088930838d88f008e0';
const live = (at: number, signature = 'v0=one') => ({ request: { at, signature }, now: undefined });
const command = (text: string, trigger_id: string | undefined, user_id = 'U1') => ({ user_id, text, trigger_id });

describe('what an act in Slack is known by', () => {
  it('is the place of a message, whatever event tells of it', () => {
    const told = { clock: 'message', at: 1700000000.0001, live: false };
    expect(messageInput('C1', '1700000000.000100')).toEqual({ id: 'message:C1:1700000000.000100', told });
  });

  it('is what Slack made for a command or a press, however it is delivered', () => {
    const first = commandInput(command('on', trigger), live(10));
    expect(first.told).toEqual({ clock: 'request', at: 10, live: true });
    expect(commandInput(command('on', trigger), live(70, 'v0=two')).id).toBe(first.id);
    expect(commandInput(command('on', trigger), { request: undefined, now: 12.5 })).toEqual({
      id: first.id,
      told: { clock: 'request', at: 12.5, live: true },
    });
    const press = { user: 'U1', action: 'dejiren:card:0', value: '{}', actionTs: '1.1', triggerId: trigger };
    expect(pressInput(press, live(10)).id).toBe(pressInput(press, live(99, 'v0=two')).id);
    expect(pressInput(press, live(10)).id).not.toBe(first.id);
  });

  it('is no other’s, and no other command’s', () => {
    const ids = [
      commandInput(command('on', trigger), live(10)),
      commandInput(command('off', trigger), live(10)),
      commandInput(command('on', trigger, 'U2'), live(10)),
      commandInput(command('on', `${trigger}1`), live(10)),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  it('is the signed request where Slack tells nothing better, and nothing where there is none', () => {
    for (const id of [undefined, '', '1.2.3']) {
      const first = commandInput(command('on', id), live(10));
      expect(commandInput(command('on', id), live(10)).id).toBe(first.id);
      expect(commandInput(command('on', id), live(11, 'v0=two')).id).not.toBe(first.id);
    }
    expect(commandInput(command('on', undefined), { request: undefined, now: undefined })).toEqual({ id: undefined });
  });

  it('holds no word that somebody typed', () => {
    for (const id of [trigger, undefined])
      expect(commandInput(command('on heron-canary', id), live(10)).id).not.toContain('heron');
  });

  it('is the moment of a Stop, which names no answer', () => {
    const event = { channel: 'D1', thread_ts: '1.0' };
    expect(stopInput({ event: { ...event, event_ts: '2.0' }, event_id: 'Ev1' })).toBe('stop:D1:1.0:2.0');
    expect(stopInput({ event, event_id: 'Ev1' })).toBe('stop:D1:1.0:Ev1');
    expect(stopInput({ event })).toBeUndefined();
  });
});

describe('Slack’s clock', () => {
  it('goes by what Slack’s answers tell, the fastest of them, and not by ours', async () => {
    let [ticks, date] = [1_000, ''];
    const clock = createSlackClock(() => ticks);
    const send = clock.heeding(async () => new Response('', { headers: { date } }));
    expect(clock.now()).toBeUndefined();
    const answers = async (at: number, told: string): Promise<number | undefined> => {
      [ticks, date] = [at, told];
      await send('https://slack.com/api/auth.test');
      return clock.now();
    };
    expect(await answers(1_000, 'no date')).toBeUndefined();
    expect(await answers(1_000, new Date(50_000).toUTCString())).toBe(50);
    // This one took long.
    expect(await answers(9_000, new Date(51_000).toUTCString())).toBe(58);
    expect(await answers(10_000, new Date(60_000).toUTCString())).toBe(60);
    ticks = 12_500;
    expect(clock.now()).toBe(62.5);
  });
});
