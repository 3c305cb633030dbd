import { answerTo, FOOTER, lastOf, openSlackRoom } from './slack-room';

const SCOPES = ['app_mentions:read', 'assistant:write', 'chat:write', 'commands', 'im:history', 'channels:history'];
const count = (whole: string, part: string): number => whole.split(part).length - 1;
/** Fills a message and a half. */
const LONG = Array.from({ length: 700 }, (_, at) => `line ${at} of it\n`).join('');

/** A room of a test's own, so that they run side by side. */
async function open(scopes = SCOPES) {
  const room = await openSlackRoom({ scopes });
  const saw = (channel: string, words: string): Promise<void> =>
    room.slack.until(() => room.shown(channel).join('\n').includes(words));
  return { ...room, saw, [Symbol.asyncDispose]: room.close };
}

describe('a reply in Slack', () => {
  it.concurrent.each(['C1', 'D1'])(
    'shows the first words at once, tells so once, and ends with who answered (%s)',
    async (place) => {
      await using room = await open();
      const answer = answerTo(await room.ask(place));
      answer.say('First');
      await room.saw(place, 'First');
      answer.say(' words.');
      expect(await answer.end()).toEqual({ delivered: true });
      expect(room.shown(place)).toHaveLength(1);
      expect(room.shown(place)[0]).toMatch(/First words\.[\s\S]*Vendor one[\s\S]*AI can be wrong/u);
      expect(answer.firstSeen).toBe(1);
    },
  );

  it.concurrent.each([
    ['chat.postMessage', 'C1'],
    ['chat.startStream', 'D1'],
  ])('posts the first words one time when Slack’s answer to %s is lost', async (method, place) => {
    await using room = await open();
    const asked = await room.ask(place);
    room.slack.failNext(method, { lost: true });
    const answer = answerTo(asked);
    answer.say('First words.');
    await answer.end();
    expect(count(room.shown(place).join('\n'), 'First words.')).toBe(1);
    expect(room.shown(place).join('\n')).toContain(FOOTER);
  });

  it.concurrent('posts again when the call itself was lost', async () => {
    await using room = await open();
    const asked = await room.ask('C1');
    room.slack.failNext('chat.postMessage', { reset: true });
    const answer = answerTo(asked);
    answer.say('First words.');
    expect(await answer.end()).toEqual({ delivered: true });
    expect(count(room.shown('C1').join('\n'), 'First words.')).toBe(1);
  });

  it.concurrent.each(['edit_window_closed', 'msg_too_long'])(
    'posts the rest in one further message, fences whole, where Slack refuses the edit (%s)',
    async (error) => {
      await using room = await open();
      const answer = answerTo(await room.ask('C1'));
      answer.say('Look:\n```ts\nconst a = 1;\n');
      await room.saw('C1', 'const a');
      room.slack.failNext('chat.update', { error });
      answer.say('const b = 2;\n');
      await room.slack.until(() => room.slack.callsOf('chat.update').length === 1);
      answer.say('const c = 3;\n```\n');
      answer.say('Done.');
      expect(await answer.end()).toEqual({ delivered: true });
      const [first = '', second = ''] = room.shown('C1');
      expect(first).toContain('const a = 1;');
      expect(second).toContain('```ts\nconst b = 2;\nconst c = 3;\n```\nDone.');
      expect(second).toContain(FOOTER);
      expect(room.shown('C1')).toHaveLength(2);
    },
  );

  it.concurrent('goes on in another message when a stream is too long for Slack all the same', async () => {
    await using room = await open();
    const answer = answerTo(await room.ask('D1'));
    answer.say('First words. ');
    await room.saw('D1', 'First');
    room.slack.failNext('chat.appendStream', { error: 'msg_too_long' });
    answer.say('Second words. ');
    await room.slack.until(() => room.slack.callsOf('chat.appendStream').length === 1);
    answer.say('Third words.');
    expect(await answer.end()).toEqual({ delivered: true });
    const whole = room.shown('D1').join('\n');
    for (const words of ['First words.', 'Second words.', 'Third words.']) expect(count(whole, words)).toBe(1);
    expect(room.slack.answers('D1').some(({ streaming }) => streaming)).toBe(false);
  });

  it.concurrent('goes on in the next message where Slack will not have a full stream closed', async () => {
    await using room = await open();
    const answer = answerTo(await room.ask('D1'));
    room.slack.failNext('chat.stopStream', { error: 'streaming_state_conflict' });
    room.slack.failNext('chat.update', { error: 'edit_window_closed' });
    answer.say(LONG);
    expect(await answer.end()).toEqual({ delivered: true });
    const whole = room.shown('D1').join('\n');
    for (let line = 0; line < 700; line += 1) expect(count(whole, `line ${line} of it`)).toBe(1);
  });

  it.concurrent.each(['C1', 'D1'])(
    'shows nothing more of a filtered answer before it takes it back (%s)',
    async (place) => {
      await using room = await open();
      const answer = answerTo(await room.ask(place));
      answer.say('First words, ');
      await room.saw(place, 'First words');
      answer.say('CANARY');
      await answer.end({ kind: 'retracted' });
      expect(room.shown(place)).toHaveLength(1);
      expect(room.shown(place)[0]).toContain('content filter');
      expect(
        JSON.stringify(['chat.update', 'chat.appendStream', 'chat.stopStream'].map(room.slack.callsOf)),
      ).not.toMatch(/CANARY/u);
    },
  );

  it.concurrent.each(['C1', 'D1'])(
    'marks no answer as whole whose last words may not be shown any more (%s)',
    async (place) => {
      await using room = await open();
      const answer = answerTo(await room.ask(place));
      answer.say('First words, ');
      await room.saw(place, 'First words');
      answer.say('last words.');
      answer.forbid();
      await answer.end({ kind: 'complete' });
      expect(room.shown(place)[0]).toContain('You withdrew your consent');
      expect(room.shown(place)[0]).not.toContain('last words');
    },
  );

  it.concurrent.each(['C1', 'D1'])(
    'takes every message of a filtered answer back, and makes it no answer (%s)',
    async (place) => {
      await using room = await open();
      const answer = answerTo(await room.ask(place));
      answer.say(LONG);
      await room.slack.until(() => room.slack.answers(place).length > 1);
      await answer.end({ kind: 'retracted' });
      expect(room.shown(place).join('\n')).not.toContain('of it');
      for (const one of room.slack.answers(place)) {
        expect(room.slack.seen(one)).toContain('content filter');
        expect(one.metadata).toMatchObject({ event_type: 'dejiren_note' });
      }
    },
  );

  it.concurrent.each(['C1', 'D1'])('says how it ended also when it ended between two messages (%s)', async (place) => {
    await using room = await open();
    const answer = answerTo(await room.ask(place));
    answer.say(LONG);
    await room.saw(place, 'line 1 ');
    answer.forbid();
    answer.abort();
    await answer.end({ kind: 'withdrawn' });
    expect(room.shown(place).at(-1)).toContain('withdrew');
    expect(room.slack.answers(place).some(({ streaming }) => streaming)).toBe(false);
  });

  it.concurrent('shows no word after the person withdrew, whatever waits', async () => {
    await using room = await open();
    const answer = answerTo(await room.ask('C1'));
    answer.say('First words. ');
    await room.saw('C1', 'First');
    answer.say('SECRET words.');
    answer.forbid();
    answer.abort();
    await answer.end({ kind: 'withdrawn' });
    expect(JSON.stringify(room.slack.calls)).not.toContain('SECRET');
    expect(room.shown('C1')[0]).toContain('withdrew');
  });

  it.concurrent('says that it was stopped below words whose arrival Slack told only after a while', async () => {
    await using room = await open();
    const asked = await room.ask('C1');
    room.slack.failNext('chat.postMessage', { lost: true });
    room.slack.failNext('conversations.replies', { status: 503 });
    const answer = answerTo(asked);
    answer.say('First words.');
    await room.slack.until(() => room.slack.callsOf('chat.postMessage').length === 1);
    answer.abort();
    expect(await answer.end({ kind: 'stopped' })).toEqual({ delivered: true });
    expect(room.shown('C1')).toHaveLength(1);
    expect(room.shown('C1')[0]).toMatch(/First words\.[\s\S]*stopped/iu);
    expect(JSON.stringify(room.slack.callsOf('chat.update').at(-1)?.args.blocks)).not.toContain('"actions"');
  });

  it.concurrent('says that something went wrong below an answer that Slack took in part', async () => {
    await using room = await open();
    const answer = answerTo(await room.ask('C1'));
    answer.say('First words. ');
    await room.saw('C1', 'First');
    room.slack.failNext('chat.update', { error: 'missing_scope' });
    answer.say('Second words.');
    await room.slack.until(() => room.slack.callsOf('chat.update').length === 1);
    expect(await answer.end()).toEqual({ delivered: false, code: 'missing_scope' });
    expect(room.shown('C1')[0]).toContain('could not post some or all of my answer');
  });

  it.concurrent('tells the asker alone when Slack takes nothing of an answer', async () => {
    await using room = await open();
    const asked = await room.ask('C1');
    room.slack.failNext('chat.postMessage', { error: 'missing_scope' });
    const answer = answerTo(asked);
    answer.say('First words.');
    expect(await answer.end()).toEqual({ delivered: false, code: 'missing_scope' });
    expect(room.whispers().at(-1)).toContain('could not post some or all of my answer');
    expect(room.shown('C1')).toEqual([]);
  });

  it.concurrent('tells the asker alone when the vendor failed before the first word, once Slack lets it', async () => {
    await using room = await open();
    const asked = await room.ask('C1');
    room.slack.failNext('chat.postEphemeral', { retryAfterSeconds: 1 });
    const answer = answerTo(asked);
    expect(await answer.end({ kind: 'failed', problem: 'vendor-overloaded' })).toEqual({ delivered: true });
    expect(room.whispers()).toHaveLength(1);
    expect(room.whispers()[0]).toContain('not available right now');
  });

  it.concurrent('does not go on thinking when it is stopped before the first word', async () => {
    await using room = await open();
    const asked = await room.ask('D1');
    const answer = answerTo(asked);
    await room.slack.until(() => [...room.slack.sessions.values()].includes('processing'));
    answer.abort();
    expect(await answer.end({ kind: 'stopped' })).toEqual({ delivered: true });
    await asked.surface.sign.hide();
    expect([...room.slack.sessions.values()]).toEqual(['active']);
    expect(room.shown('D1')).toEqual([]);
  });

  it.concurrent('posts once, whole, when more is being written than Slack’s budget of edits can carry', async () => {
    await using room = await open();
    const answers = [];
    for (let place = 1; place <= 20; place += 1) answers.push(answerTo(await room.ask(`C${place}`)));
    for (const answer of answers) answer.say('First words. ');
    await room.slack.until(() => room.slack.callsOf('chat.postMessage').length >= 12);
    expect(room.slack.callsOf('chat.postMessage')).toHaveLength(12);
    for (const answer of answers) answer.say('Last words.');
    await Promise.all(answers.map((answer) => answer.end()));
    for (let place = 1; place <= 20; place += 1) {
      expect(room.shown(`C${place}`)).toHaveLength(1);
      expect(room.shown(`C${place}`)[0]).toContain('First words. Last words.');
    }
  });

  it.concurrent('lets no notification, preview or mention come of an answer, and keeps none of it in its metadata', async () => {
    await using room = await open();
    const answer = answerTo(await room.ask('C1'));
    answer.say('Some words & <more>.');
    await answer.end();
    const { args } = lastOf(room.slack.callsOf('chat.postMessage'));
    expect(String(args.unfurl_links)).toBe('false');
    expect(String(args.unfurl_media)).toBe('false');
    expect(args.text).toBe('Some words &amp; &lt;more&gt;.');
    expect(args.metadata).toEqual({
      event_type: 'dejiren_answer',
      event_payload: { asker: 'pseudonym', vendor: 'Vendor one', notice: 'n1' },
    });
  });

  it.concurrent.each(['C1', 'D1'])(
    'ends, with a sentence, where the dispatcher fails when it is asked (%s)',
    async (place) => {
      await using room = await open();
      const answer = answerTo(await room.ask(place));
      answer.break();
      answer.say('First words.');
      expect(await answer.end()).toEqual({ delivered: false, code: 'broke' });
      expect([...room.shown(place), ...room.whispers()].join()).toMatch(/^Something went wrong/u);
    },
  );
});
