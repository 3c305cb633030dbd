import type { ConsentView } from '../../../src/consent/consent';
import { consentCard } from '../../../src/language/cards';
import { openText } from '../../../src/model/text';
import { aNotice } from '../../support/consent';
import { answerTo, lastOf, openSlackRoom, type SlackRoom } from './slack-room';

const SCOPES = ['app_mentions:read', 'assistant:write', 'chat:write', 'commands', 'im:history'];
const KNOWS = [...SCOPES, 'channels:history', 'users:read'];

describe('what people do in Slack', () => {
  let room: SlackRoom;
  const open = async (options: Parameters<typeof openSlackRoom>[0] = {}): Promise<void> => {
    room = await openSlackRoom({ scopes: SCOPES, ...options });
  };
  afterEach(() => room.close());

  it('comes as a turn whose id is the place of the message', async () => {
    await open();
    const { turn } = await room.ask('C1');
    const ts = turn.message.message;
    expect(turn).toMatchObject({
      id: `C1:${ts}`,
      person: { platform: 'slack', tenant: 'T0FAKE', id: 'U1', membership: 'member' },
      conversation: { id: 'C1', kind: 'channel', thread: ts, sharedExternally: false },
      language: 'en',
    });
    expect(openText(turn.question.text)).toBe('a question');
    expect((await room.ask('D1')).turn.conversation.kind).toBe('direct');
    expect((await room.ask('C1', 'U1', ts)).turn.conversation.thread).toBe(ts);
  });

  it.each([
    ['a member', {}, 'member'],
    ['a guest', { isGuest: true }, 'guest'],
    ['a guest of one channel', { isSingleChannelGuest: true }, 'guest'],
    ['a stranger', { isStranger: true }, 'external'],
    ['somebody of another workspace', { team: 'T9' }, 'external'],
  ])('knows %s where it may ask Slack', async (_who, user, membership) => {
    await open({ scopes: KNOWS });
    room.slack.users.set('U1', { id: 'U1', name: 'u', ...user });
    expect((await room.ask('C1')).turn.person.membership).toBe(membership);
  });

  it('takes nobody for a member in a shared channel whose home it is not told', async () => {
    await open();
    const event = { type: 'app_mention', channel: 'C1', user: 'U1', text: '<@U0BOT> hi', ts: '1.1' };
    room.slack.users.set('U1', { id: 'U1', name: 'u' });
    await room.slack.event({ ...room.slack.eventOf(event), is_ext_shared_channel: true });
    await room.slack.until(() => room.slack.ephemerals.length === 1);
    await room.slack.event({ ...room.slack.eventOf({ ...event, team: 'T9', ts: '1.2' }), is_ext_shared_channel: true });
    await room.slack.until(() => room.asked.length === 1);
    expect(lastOf(room.asked).turn.person.membership).toBe('external');
  });

  it('keeps to Slack’s budget of look-ups: many people at once are members still', async () => {
    await open({ scopes: KNOWS });
    room.slack.failNext('users.info', { retryAfterSeconds: 1 }, { status: 503 });
    const people = Array.from({ length: 5 }, (_, at) => `U${at + 10}`);
    await Promise.all(people.map((user) => room.slack.say({ channel: 'C1', user, text: '<@U0BOT> hi' })));
    await room.slack.until(() => room.asked.length === people.length);
    for (const { turn } of room.asked) expect(turn.person.membership).toBe('member');
  });

  it('tells somebody whom Slack does not know, rather than leaving them without a word', async () => {
    await open({ scopes: KNOWS });
    room.slack.failNext('users.info', { error: 'user_not_found' });
    await room.slack.say({ channel: 'C1', user: 'U1', text: '<@U0BOT> hi' });
    await room.slack.until(() =>
      room.whispers().some((words) => words.includes('whether you belong to this organisation')),
    );
    expect(room.asked).toEqual([]);
    expect(room.logged).toContain('turn-refused {"code":"standing-unknown","platform":"slack"}');
  });

  it('asks Slack about nobody any more once the permission is gone', async () => {
    await open({ scopes: KNOWS });
    room.slack.failNext('users.info', { error: 'missing_scope' });
    expect((await room.ask('C1', 'U1')).turn.person.membership).toBe('member');
    expect((await room.ask('C1', 'U2')).turn.person.membership).toBe('member');
    expect(room.slack.callsOf('users.info')).toHaveLength(1);
  });

  it('answers a command that takes long where it was typed, later, and is in time all the same', async () => {
    await open();
    let give = (_view: ConsentView): void => {};
    room.views.next = () =>
      new Promise((resolve) => {
        give = resolve;
      });
    const ack = await room.slack.commandAck('U1', 'C1', 'status');
    expect([ack.status, ack.body]).toEqual([200, '']);
    expect(ack.ms).toBeLessThan(3_000);
    give({ kind: 'help', vendors: ['one'] });
    await room.slack.until(() => room.whispers().some((words) => words.includes('How to use dejiren')));
  });

  it('answers the question also where the card cannot be replaced any more', async () => {
    let later = 0;
    await open({ now: () => Date.now() + later });
    const { surface, turn } = await room.ask('D1');
    const notice = aNotice('one');
    const card = consentCard({ kind: 'ask', reason: 'first', notice, silence: 'asks-again' }, 'en', {
      ref: turn.message,
      isReadable: true,
    });
    expect(await surface.tellPrivately(card)).toBe(true);
    room.views.next = async () => {
      later = 31 * 60_000;
      return { kind: 'granted', notices: [notice], already: false, validUntil: Date.UTC(2027, 10, 28) };
    };
    await room.slack.press('U1', 'Agree and answer', lastOf(room.slack.answers('D1')));
    await room.slack.until(() => room.asked.length === 2);
    expect(lastOf(room.asked).turn.id).toBe(`${turn.id}:agreed-use`);
    expect(room.shown('D1').at(-1)).toContain('You have agreed');
  });

  it('says in another way what comes of a command whose own answer Slack does not take any more', async () => {
    let later = 0;
    await open({ now: () => Date.now() + later });
    const held = Promise.withResolvers<ConsentView>();
    room.views.next = () => held.promise;
    expect(await room.slack.command('U1', 'C1', 'help')).toBeUndefined();
    later = 31 * 60_000;
    held.resolve({ kind: 'help', vendors: ['one'] });
    await room.slack.until(() => room.whispers().join().includes('/dejiren-optin'));
  });

  it('is not ready while Slack refuses its token, asks again by itself, and is ready with the token', async () => {
    await open();
    room.slack.failNext('chat.postEphemeral', { error: 'invalid_auth' });
    const { surface } = await room.ask('C1');
    expect(await surface.tellPrivately(consentCard({ kind: 'help', vendors: ['one'] }, 'en'))).toBe(false);
    expect(room.adapter.links).toMatchObject([{ name: 'web-api', lost: 'invalid_auth' }]);
    expect(room.adapter.ready()).toBe(false);
    await room.slack.until(() => room.adapter.ready());
    expect(room.logged.filter((line) => line.startsWith('platform-'))).toHaveLength(2);
  });

  it('acknowledges over HTTP that Slack holds events back, and tells the operator', async () => {
    await open();
    expect((await room.slack.appRateLimited()).status).toBe(200);
    expect(room.logged).toContain('slack-events-dropped {"code":"app_rate_limited"}');
  });

  it('lets nobody else’s press answer the asker’s question', async () => {
    await open();
    const { surface, turn } = await room.ask('D1');
    const notice = aNotice('one');
    await surface.tellPrivately(
      consentCard({ kind: 'ask', reason: 'first', notice, silence: 'asks-again' }, 'en', {
        ref: turn.message,
        isReadable: true,
      }),
    );
    room.views.next = async () => ({
      kind: 'granted',
      notices: [notice],
      already: false,
      validUntil: Date.UTC(2027, 10, 28),
    });
    await room.slack.press('U2', 'Agree and answer', lastOf(room.slack.answers('D1')));
    await room.slack.until(() => room.shown('D1').some((words) => words.includes('once more')));
    expect(room.asked).toHaveLength(1);
  });

  it('is not left waiting by what nobody takes, and says no to events before the start and after the stop', async () => {
    await open();
    const body = new URLSearchParams({ payload: JSON.stringify({ type: 'view_submission', view: {} }) }).toString();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await room.slack.postRaw(body, { ...form, ...room.slack.sign(body) })).status).toBe(404);
    await room.adapter.stop();
    const event = JSON.stringify(room.slack.eventOf({ type: 'app_mention', channel: 'C1', user: 'U1', ts: '1.1' }));
    expect((await room.slack.postRaw(event, room.slack.sign(event))).status).toBe(503);
  });

  it('stays ready when somebody’s own token is revoked, and is not when dejiren’s is', async () => {
    await open();
    await room.slack.event(room.slack.eventOf({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } }));
    await room.ask('C1');
    expect(room.adapter.ready()).toBe(true);
    await room.slack.tokensRevoked();
    await room.slack.until(() => !room.adapter.ready());
    expect(room.logged.some((line) => line.startsWith('slack-removed'))).toBe(true);
  });

  it('goes out, by Socket Mode too, through the way that is given', async () => {
    await open({ mode: 'socket' });
    await room.ask('C1');
    expect(room.upgraded).toEqual([new URL(room.slack.apiUrl).origin]);
  });

  it('connects anew when Slack asks it to', async () => {
    await open({ mode: 'socket' });
    await room.ask('C1');
    room.slack.disconnect();
    await room.slack.until(
      () => room.slack.callsOf('apps.connections.open').length === 2 && room.slack.connections === 1,
    );
    await room.ask('C2');
    expect(room.asked).toHaveLength(2);
  });
});

describe('reading a thread', () => {
  let room: SlackRoom;
  afterEach(() => room.close());
  const words = (reading: Awaited<ReturnType<typeof read>>): readonly string[] =>
    reading.kind === 'read' ? reading.messages.map(({ said }) => openText(said.text)) : [reading.reason];
  const read = async (thread: string, limit = 20) =>
    (await room.ask('C1', 'U1', thread)).surface.readThread(limit, new AbortController().signal);

  it('finds what came right before the question, however long the thread is', async () => {
    room = await openSlackRoom({ scopes: KNOWS });
    const root = room.slack.put({ channel: 'C1', user: 'U2', text: 'message 0' });
    for (let at = 1; at < 450; at += 1)
      room.slack.put({ channel: 'C1', user: 'U2', text: `message ${at}`, thread: root });
    expect(words(await read(root, 3))).toEqual(['message 447', 'message 448', 'message 449']);
  });

  it('says that it may not, where it may not', async () => {
    room = await openSlackRoom({ scopes: SCOPES });
    const root = room.slack.put({ channel: 'C1', user: 'U2', text: 'first' });
    expect(words(await read(root))).toEqual(['not-permitted']);
  });

  it('waits for nothing when the turn is broken off', async () => {
    room = await openSlackRoom({ scopes: KNOWS });
    const root = room.slack.put({ channel: 'C1', user: 'U2', text: 'first' });
    const { surface } = await room.ask('C1', 'U1', root);
    room.slack.failNext('conversations.replies', { hang: true });
    const stop = new AbortController();
    const reading = surface.readThread(5, stop.signal);
    stop.abort();
    expect(await reading).toEqual({ kind: 'unavailable', reason: 'failed' });
  });

  it('tells dejiren’s answers by their asker, and leaves its notes and other bots’ membership out of people', async () => {
    room = await openSlackRoom({ scopes: KNOWS });
    const root = room.slack.put({ channel: 'C1', user: 'U2', text: 'first' });
    await room.slack.botSays({ channel: 'C1', user: 'U8', text: 'beep', thread: root });
    const asked = await room.ask('C1', 'U1', root);
    const answer = answerTo(asked);
    answer.say('An answer.');
    await answer.end();
    const reading = await read(root);
    if (reading.kind !== 'read') throw new Error(reading.reason);
    expect(
      reading.messages.map((one) =>
        one.kind === 'answer' ? ['answer', one.asker] : [one.author.id, one.author.membership],
      ),
    ).toEqual([
      ['U2', 'member'],
      ['U8', 'bot'],
      ['U1', 'member'],
      ['answer', 'pseudonym'],
    ]);
    expect(openText(lastOf(reading.messages).said.text)).toBe('An answer.');
  });
});
