import { TIMERS } from '../../../adapters/kit/timers';
import { createTeamsApi } from '../../../adapters/teams/api';
import { type Bot, createBot, type Destination } from '../../../adapters/teams/bot';
import { createReply } from '../../../adapters/teams/reply';
import { TeamsSign } from '../../../adapters/teams/sign';
import { sentencesFor } from '../../../src/language/sentences';
import type { ReplyEnding } from '../../../src/model/reply';
import { sealSafeText } from '../../../src/model/text';
import { type FakeTeams, type FakeTeamsOptions, startFakeTeams } from '../../../src/prove/doubles/teams/fake-teams';
import { quietLog } from '../../support/consent';

const GROUP = '19:group@thread.v2';
const PERSONAL = 'a:personal';

const token = async (): Promise<string> => 'bot-token';
let bot: Bot;

/** One answer on the real SDK, with a dispatcher that the test plays. */
async function openReply(options: FakeTeamsOptions & { readonly conversation?: string } = {}) {
  const { conversation = PERSONAL, ...fake } = options;
  const teams: FakeTeams = await startFakeTeams(fake);
  const api = createTeamsApi({ bot, token, fetch, log: quietLog });
  const stop = new AbortController();
  const told: string[] = [];
  let allowed = true;
  let answered = 0;
  let stops = 0;
  const place: Destination = {
    serviceUrl: `${teams.url}/`,
    conversation,
    kind: conversation === PERSONAL ? 'personal' : 'groupChat',
    bot: '28:bot',
  };
  const sign = new TeamsSign({ api, place, timers: TIMERS, words: sentencesFor('en') });
  const reply = createReply({
    api,
    place,
    replyTo: undefined,
    personal: async () => undefined,
    direct: conversation === PERSONAL,
    language: 'en',
    control: {
      answerer: () => ({ vendor: 'Vendor one', region: 'jp', model: 'm', noticeId: 'n1', asker: 'pseudonym' }),
      signal: stop.signal,
      mayPost: async () => {
        if (!allowed) stop.abort();
        return allowed;
      },
      brokenOff: () => (stop.signal.aborted ? { kind: allowed ? 'stopped' : 'withdrawn' } : undefined),
      errorId: () => 'k7f3qm',
      onFirstVisible() {},
    },
    sign,
    tellPrivately: async (card) => {
      told.push([card.title, ...card.paragraphs].join(' '));
      return true;
    },
    onStop() {
      stops += 1;
      stop.abort();
    },
    onAnswered() {
      answered += 1;
    },
  });
  return {
    teams,
    told,
    say: (words: string): void => reply.write(sealSafeText(words)),
    end: (ending: ReplyEnding = { kind: 'complete' }) => reply.end(ending),
    forbid(): void {
      allowed = false;
    },
    abort: (): void => stop.abort(),
    texts: (): readonly string[] => teams.shown.map((one) => teams.seen(one).trimEnd()),
    counts: () => ({ answered, stops }),
    [Symbol.asyncDispose]: teams.close,
  };
}

/** Teams’ pace is waited out as it is, so each test has a Teams of its own, and they wait side by side. */
describe('an answer in Teams', () => {
  // It loads the SDK, which takes longer than a test may on a machine that does other things as well.
  beforeAll(async () => {
    bot = await createBot({ appId: 'app', token, fetch });
  }, 120_000);

  it.concurrent.each([
    ['an overload', { status: 502 }],
    ['a conflict', { status: 412 }],
    ['too many requests', { status: 429, retryAfter: 0 }],
    ['a gateway’s time-out', { status: 504 }],
  ] as const)('is whole, and there once, after %s', async (_name, trouble) => {
    await using open = await openReply({ conversation: GROUP });
    open.teams.trouble({ status: 200 }, trouble);
    open.say('the answer');
    expect(await open.end()).toEqual({ delivered: true });
    expect(open.texts()).toEqual(['the answer']);
  });

  it.concurrent('is there once where a short answer was taken, and the connection was lost before Teams said so', async () => {
    await using open = await openReply();
    await open.teams.until(() => open.texts().length === 1);
    open.teams.trouble({ status: 0, done: true });
    open.say('the answer');
    expect(await open.end()).toEqual({ delivered: true });
    expect(open.texts()).toEqual(['the answer']);
    expect(open.teams.shown[0]?.state).toBe('whole');
  });

  it.concurrent.each([
    ['a reset before it was taken', { status: 0 }],
    ['a reset after it was taken', { status: 0, done: true }],
    ['an overload after it was taken', { status: 502, done: true }],
    ['too many requests', { status: 429, retryAfter: 0 }],
    ['a conflict', { status: 412 }],
  ])(
    'is whole, and there once, where %s met any call of its stream',
    async (_name, trouble) => {
      const texts = await Promise.all(
        [0, 1, 2].map(async (at) => {
          await using one = await openReply();
          await one.teams.until(() => one.texts().length === 1);
          if (at === 0) one.teams.trouble(trouble);
          one.say('first ');
          await one.teams.until(() => one.texts()[0] === 'first');
          if (at === 1) one.teams.trouble(trouble);
          one.say('second ');
          await one.teams.until(() => one.texts()[0] === 'first second');
          if (at === 2) one.teams.trouble(trouble);
          one.say('third');
          const outcome = await one.end();
          return { outcome, texts: one.texts(), state: one.teams.shown[0]?.state };
        }),
      );
      const whole = { outcome: { delivered: true }, texts: ['first second third'], state: 'whole' };
      expect(texts).toEqual([whole, whole, whole]);
    },
    30_000,
  );

  it.concurrent.each([
    ['was not taken', { status: 0 }, []],
    ['was taken', { status: 0, done: true }, ['the answer']],
  ])(
    'is not posted again in a group where nobody knows whether it was taken, and the asker is told: it %s',
    async (_name, trouble, texts) => {
      await using open = await openReply({ conversation: GROUP });
      await open.teams.until(() => open.teams.calls.length === 1);
      open.teams.trouble(trouble);
      open.say('the answer');
      await open.teams.until(() => open.teams.calls.length === 2);
      open.say(' and more');
      expect(await open.end()).toEqual({ delivered: false, code: 'unreachable' });
      expect(open.texts()).toEqual(texts);
      expect(open.told).toHaveLength(1);
    },
  );

  it.concurrent.each([
    ['a personal chat, as it grows', PERSONAL, false],
    ['a personal chat, at its end', PERSONAL, true],
    ['a group, as it grows', GROUP, false],
    ['a group, at its end', GROUP, true],
  ])('goes on in a new message where Teams takes one for too large: in %s', async (_name, conversation, atEnd) => {
    await using open = await openReply({ conversation });
    open.say('the first lines\n');
    await open.teams.until(() => open.texts()[0] === 'the first lines');
    open.teams.trouble({ status: 413, code: 'MessageSizeTooBig' });
    open.say('the others');
    if (!atEnd) await open.teams.until(() => open.texts().length === 2);
    expect(await open.end()).toEqual({ delivered: true });
    expect(open.texts()).toEqual(['the first lines', 'the others']);
    expect(open.teams.shown.map(({ state }) => state)).toEqual(['whole', 'whole']);
    expect(open.counts().answered).toBe(1);
  });

  it.concurrent('leaves one message with a sentence where Teams takes even its beginning for too large', async () => {
    await using open = await openReply();
    await open.teams.until(() => open.texts().length === 1);
    open.teams.refuse((_method, _path, { text }) =>
      text?.includes('the answer') ? { status: 413, code: 'MessageSizeTooBig' } : undefined,
    );
    open.say('the answer');
    expect(await open.end()).toEqual({ delivered: false, code: 'too-large' });
    expect(open.texts()).toEqual([expect.stringContaining('could not post some or all of my answer')]);
    expect(open.texts().join()).not.toContain('the answer');
    expect(open.teams.shown[0]?.state).toBe('whole');
  });

  it.concurrent('goes on as an edit of the same message when the stream’s time is up', async () => {
    await using open = await openReply({ streamMs: 0 });
    open.say('first words, ');
    await open.teams.until(() => open.texts()[0] === 'first words,');
    open.say('last words');
    expect(await open.end()).toEqual({ delivered: true });
    expect(open.texts()).toEqual(['first words, last words']);
    expect(open.teams.shown[0]?.edits).toBeGreaterThan(0);
    expect(open.teams.breaches).toEqual([]);
  });

  it.concurrent('is posted where Teams will not stream', async () => {
    await using open = await openReply();
    open.teams.trouble({ status: 405, code: 'BadArgument' });
    open.say('the answer');
    expect(await open.end()).toEqual({ delivered: true });
    expect(open.texts()).toEqual(['the answer']);
  });

  it.concurrent('stops where the person pressed Stop, and says so once', async () => {
    await using open = await openReply();
    open.say('first ');
    await open.teams.until(() => open.texts()[0] === 'first');
    open.teams.pressStop();
    open.say('second ');
    await open.teams.until(() => open.counts().stops === 1);
    expect(await open.end({ kind: 'stopped' })).toEqual({ delivered: true });
    expect(open.texts()).toEqual(['first']);
    expect(open.counts()).toEqual({ answered: 0, stops: 1 });
  });

  it.concurrent('is split into several messages when it is long, with nothing lost or twice', async () => {
    await using open = await openReply({ conversation: GROUP });
    const lines = Array.from({ length: 2_500 }, (_, index) => `line ${index} of a long answer\n`);
    open.say(lines.join(''));
    expect(await open.end()).toEqual({ delivered: true });
    expect(open.texts().length).toBeGreaterThan(2);
    expect(open.texts().join('\n').split('\n')).toEqual(lines.map((line) => line.trimEnd()));
    expect(open.teams.breaches).toEqual([]);
  });

  it.concurrent.each(['"', '\n', '\\', '漢'])(
    'is whole where it is all %j, which takes more room on the way',
    async (character) => {
      await using open = await openReply({ conversation: GROUP });
      open.say(`a${character.repeat(40_000)}b`);
      expect(await open.end()).toEqual({ delivered: true });
      expect(open.texts().join('').length).toBeGreaterThan(character === '\n' ? 1 : 40_000);
      expect(open.texts().at(-1)?.endsWith('b')).toBe(true);
      expect(open.teams.breaches).toEqual([]);
    },
  );

  it.concurrent('keeps to one call a second in a stream, its end among them', async () => {
    await using open = await openReply();
    open.say('a short answer');
    expect(await open.end()).toEqual({ delivered: true });
    expect(open.texts()).toEqual(['a short answer']);
    expect(open.teams.breaches).toEqual([]);
  });

  it.concurrent('waits no longer for Teams once nothing more may be shown', async () => {
    await using open = await openReply({ conversation: GROUP });
    open.teams.trouble({ status: 200 }, { status: 429, retryAfter: 30 });
    open.say('the answer');
    await open.teams.until(() => open.teams.calls.length === 2);
    const at = Date.now();
    open.abort();
    await open.end({ kind: 'stopped' });
    expect(Date.now() - at).toBeLessThan(5_000);
    expect(open.texts().join()).not.toContain('the answer');
  });

  it.concurrent('shows no word more once the person withdrew', async () => {
    await using open = await openReply();
    open.say('first ');
    await open.teams.until(() => open.texts()[0] === 'first');
    open.forbid();
    open.say('second ');
    await open.end({ kind: 'withdrawn' });
    expect(open.texts().join()).not.toContain('second');
    expect(open.texts().join()).toMatch(/withdrew/u);
  });

  it.concurrent.each([PERSONAL, GROUP])(
    'marks no answer as whole whose last words may not be shown any more (%s)',
    async (place) => {
      await using open = await openReply({ conversation: place });
      open.say('first ');
      await open.teams.until(() => open.texts()[0] === 'first');
      open.say('second');
      open.forbid();
      expect(await open.end()).toEqual({ delivered: true });
      expect(open.texts().join()).not.toContain('second');
      expect(open.texts().join()).toMatch(/withdrew/u);
      expect(open.counts().answered).toBe(0);
      expect(open.teams.breaches).toEqual([]);
    },
  );

  it.concurrent('tells no group of a withdrawal where nothing of the answer stands', async () => {
    await using open = await openReply({ conversation: GROUP });
    open.forbid();
    open.say('first words');
    expect(await open.end()).toEqual({ delivered: true });
    expect(open.texts()).toEqual([]);
  });

  it.concurrent('tells the asker alone where nothing was shown in a group', async () => {
    await using open = await openReply({ conversation: GROUP });
    await open.end({ kind: 'failed', problem: 'vendor-timeout' });
    expect(open.texts()).toEqual([]);
    expect(open.told).toHaveLength(1);
  });

  it.concurrent('closes the line above with the sentence where nothing came in a personal chat', async () => {
    await using open = await openReply();
    await open.end({ kind: 'failed', problem: 'vendor-timeout' });
    expect(open.texts()).toHaveLength(1);
    expect(open.teams.shown[0]?.state).toBe('whole');
    expect(open.teams.breaches).toEqual([]);
  });

  it.concurrent('puts a sentence in the place of what the vendor’s filter took back', async () => {
    await using open = await openReply({ conversation: GROUP });
    open.say('bad words');
    await open.teams.until(() => open.texts()[0] === 'bad words');
    await open.end({ kind: 'retracted' });
    expect(open.texts().join()).not.toContain('bad words');
    expect(open.texts()).toHaveLength(1);
  });

  it.concurrent('puts the sentence in the place of a stream that the filter took back', async () => {
    await using open = await openReply();
    open.say('bad words ');
    await open.teams.until(() => open.texts()[0] === 'bad words');
    await open.end({ kind: 'retracted' });
    expect(open.texts()).toHaveLength(1);
    expect(open.texts().join()).not.toContain('bad words');
    expect(open.teams.shown[0]?.state).toBe('whole');
    expect(open.teams.breaches).toEqual([]);
  });

  it.concurrent('says so privately where Teams refuses the message', async () => {
    await using open = await openReply({ conversation: GROUP });
    open.teams.trouble({ status: 200 }, { status: 403, code: 'BotNotInConversationRoster' });
    open.say('the answer');
    expect(await open.end()).toEqual({ delivered: false, code: 'BotNotInConversationRoster' });
    expect(open.told).toHaveLength(1);
  });
});
