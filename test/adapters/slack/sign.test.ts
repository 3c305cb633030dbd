import { aClock } from '../../support/sign';
import { type Asked, answerTo, openSlackRoom } from './slack-room';

const STATUS = 'assistant.threads.setStatus';
const SESSION = 'agents.sessions.setStatus';

type Options = NonNullable<Parameters<typeof openSlackRoom>[0]>;

async function open(options: Options = {}) {
  const room = await openSlackRoom(options);
  const { slack } = room;
  return Object.assign(room, {
    /** What Slack shows in the thread of a question. */
    statusOf: ({ turn }: Asked): string => slack.statusIn(turn.conversation.id, turn.conversation.thread),
    sessionOf: ({ turn }: Asked): string | undefined =>
      slack.sessions.get(`${turn.conversation.id}:${turn.conversation.thread}`),
    count: (method: string): number => slack.callsOf(method).length,
    /** How often a status was to be shown; taking one away is told as an empty one. */
    shows: (): number => slack.callsOf(STATUS).filter(({ args }) => args.status !== '').length,
    [Symbol.asyncDispose]: () => room.close(),
  });
}

describe('the sign in Slack that dejiren is at work', () => {
  it('is a status in channels, which goes with the first words', async () => {
    await using room = await open();
    const asked = await room.ask('C1');
    asked.surface.sign.show();
    await room.slack.until(() => room.statusOf(asked) === 'is thinking…');
    const answer = answerTo(asked);
    answer.say('Here is an answer.');
    await answer.end();
    await asked.surface.sign.hide();
    expect([room.statusOf(asked), room.shows(), room.count(SESSION)]).toEqual(['', 1, 0]);
  });

  it('is a session in direct messages, so that Slack shows its own Stop, and ends with the last words', async () => {
    await using room = await open();
    const asked = await room.ask('D1');
    asked.surface.sign.show();
    await room.slack.until(() => room.sessionOf(asked) === 'processing');
    const answer = answerTo(asked);
    answer.say('Here is an answer.');
    await room.slack.until(() => room.shown('D1').length === 1);
    expect(room.sessionOf(asked)).toBe('processing');
    await answer.end();
    await asked.surface.sign.hide();
    expect([room.sessionOf(asked), room.count(SESSION), room.count(STATUS)]).toEqual(['active', 1, 0]);
  });

  it('is taken away where no word came', async () => {
    await using room = await open();
    for (const place of ['C1', 'D1']) {
      const asked = await room.ask(place);
      asked.surface.sign.show();
      await room.slack.until(() => room.statusOf(asked) !== '' || room.sessionOf(asked) === 'processing');
      await answerTo(asked).end({ kind: 'failed', problem: 'vendor-overloaded' });
      await asked.surface.sign.hide();
      expect([room.statusOf(asked), room.sessionOf(asked)]).toEqual(['', place === 'C1' ? undefined : 'active']);
    }
  });

  it('says so after 20 seconds, and is shown again before Slack lets go of it', async () => {
    const clock = aClock();
    let now = Date.now();
    await using room = await open({ timers: clock, now: () => now });
    const wind = (ms: number): void => {
      now += ms;
      clock.wind(ms);
    };
    const questions = [await room.ask('C1'), await room.ask('D1')];
    for (const asked of questions) {
      const place = String(asked.turn.conversation.id);
      asked.surface.sign.show();
      await room.slack.until(() => room.statusOf(asked) !== '' || room.sessionOf(asked) === 'processing');
      wind(20_000);
      await room.slack.until(() => room.statusOf(asked) === 'is still thinking…');
      for (let minutes = 0; minutes < 4; minutes += 1) {
        const before = room.count(STATUS);
        wind(60_000);
        if (room.count(STATUS) === before) wind(30_000);
        await room.slack.until(() => room.count(STATUS) > before);
        expect(room.statusOf(asked)).toBe('is still thinking…');
      }
      await answerTo(asked).end({ kind: 'failed', problem: 'vendor-overloaded' });
      await asked.surface.sign.hide();
      expect([room.statusOf(asked), room.sessionOf(asked)]).toEqual(['', place === 'C1' ? undefined : 'active']);
    }
  });

  it('holds no word up, and fails no answer, where Slack does not answer it', async () => {
    await using room = await open();
    room.slack.failNext(STATUS, { hang: true });
    const asked = await room.ask('C1');
    asked.surface.sign.show();
    await room.slack.until(() => room.count(STATUS) === 1);
    const answer = answerTo(asked);
    answer.say('Here is an answer.');
    expect(await answer.end()).toEqual({ delivered: true });
    expect(room.shown('C1')).toHaveLength(1);
  });

  it('is a status where the app has no sessions, which is remembered for a while', async () => {
    let now = Date.now();
    await using room = await open({ isAgent: false, now: () => now });
    for (let questions = 0; questions < 3; questions += 1) {
      const asked = await room.ask('D1');
      asked.surface.sign.show();
      await room.slack.until(() => room.statusOf(asked) === 'is thinking…');
    }
    expect(room.count(SESSION)).toBe(1);
    const asked = await room.ask('D1');
    now += 10 * 60_000;
    asked.surface.sign.show();
    await room.slack.until(() => room.count(SESSION) === 2);
  });

  it.each([
    ['missing_scope', 'C2', 1],
    ['not_in_channel', 'C1', 1],
    ['not_in_channel', 'C2', 2],
    ['invalid_thread_ts', 'C1', 2],
  ])('is not asked for again where Slack refused the like: %s, then in %s', async (error, next, calls) => {
    await using room = await open();
    room.slack.failNext(STATUS, { error });
    const first = await room.ask('C1');
    first.surface.sign.show();
    await room.slack.until(() => room.count(STATUS) === 1);
    await first.surface.sign.hide();
    const second = await room.ask(next);
    second.surface.sign.show();
    const answer = answerTo(second);
    answer.say('Here is an answer.');
    await answer.end();
    await second.surface.sign.hide();
    await room.slack.until(() => room.count(STATUS) >= calls);
    expect(room.shown(next)).toHaveLength(1);
    expect(room.shows()).toBe(calls);
  });

  it('waits out a pause that Slack asks for, and costs nothing meanwhile', async () => {
    await using room = await open();
    room.slack.failNext(STATUS, { retryAfterSeconds: 30 });
    for (const place of ['C1', 'C2']) {
      const asked = await room.ask(place);
      asked.surface.sign.show();
      await room.slack.until(() => room.count(STATUS) === 1);
      const answer = answerTo(asked);
      answer.say('Here is an answer.');
      expect(await answer.end()).toEqual({ delivered: true });
      await asked.surface.sign.hide();
    }
    expect(room.count(STATUS)).toBe(1);
  });
});
