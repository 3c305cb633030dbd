import { createTeamsApi } from '../../../adapters/teams/api';
import { type Bot, createBot, type Destination } from '../../../adapters/teams/bot';
import { createReply } from '../../../adapters/teams/reply';
import { TeamsSign } from '../../../adapters/teams/sign';
import { sentencesFor } from '../../../src/language/sentences';
import { sealSafeText } from '../../../src/model/text';
import { startFakeTeams } from '../../../src/prove/doubles/teams/fake-teams';
import { quietLog } from '../../support/consent';
import { aClock } from '../../support/sign';

const token = async (): Promise<string> => 'bot-token';
let bot: Bot;
beforeAll(async () => {
  bot = await createBot({ appId: 'app', token, fetch });
});

const KIND = {
  'a:personal': 'personal',
  '19:group@thread.v2': 'groupChat',
  '19:team@thread.tacv2': 'channel',
} as const;
type Place = keyof typeof KIND;
const SHARED: readonly Place[] = ['19:group@thread.v2', '19:team@thread.tacv2'];

async function open(conversation: Place) {
  const teams = await startFakeTeams();
  const clock = aClock();
  const api = createTeamsApi({ bot, token, fetch, log: quietLog });
  const place: Destination = { serviceUrl: `${teams.url}/`, conversation, kind: KIND[conversation], bot: '28:bot' };
  const sign = new TeamsSign({ api, place, timers: clock, words: sentencesFor('en') });
  const told: string[] = [];
  const openReply = () =>
    createReply({
      api,
      place,
      replyTo: place.kind === 'personal' ? undefined : '1700000000000',
      personal: async () => undefined,
      direct: place.kind === 'personal',
      language: 'en',
      sign,
      control: {
        answerer: () => ({ vendor: 'Vendor one', region: 'jp', model: 'm', noticeId: 'n1', asker: 'pseudonym' }),
        signal: new AbortController().signal,
        mayPost: async () => true,
        brokenOff: () => undefined,
        errorId: () => 'k7f3qm',
        onFirstVisible() {},
      },
      tellPrivately: async ({ paragraphs }) => {
        told.push(paragraphs.join(' '));
        return true;
      },
      onStop() {},
      onAnswered() {},
    });
  return {
    teams,
    clock,
    sign,
    told,
    openReply,
    shown: (): readonly string[] => teams.shown.map((one) => teams.seen(one).trim()),
    [Symbol.asyncDispose]: () => teams.close(),
  };
}

describe('the sign in Teams that dejiren is at work', () => {
  it('is the dots in a group chat, again and again, until there are words', async () => {
    await using chat = await open('19:group@thread.v2');
    chat.sign.show();
    await chat.teams.until(() => chat.teams.typing.length === 1);
    const reply = chat.openReply();
    for (const times of [2, 3]) {
      chat.clock.wind(4_000);
      await chat.teams.until(() => chat.teams.typing.length === times);
    }
    reply.write(sealSafeText('Here is an answer.'));
    await reply.end({ kind: 'complete' });
    chat.clock.wind(60_000);
    await chat.sign.hide();
    expect([chat.teams.typing.length, chat.shown()]).toEqual([3, ['Here is an answer.']]);
  });

  it('is the dots in a personal chat whose line is late, and a line from then on', async () => {
    await using chat = await open('a:personal');
    chat.sign.show();
    chat.clock.wind(500);
    await chat.teams.until(() => chat.teams.typing.length === 1);
    const reply = chat.openReply();
    await chat.teams.until(() => chat.shown().join() === 'Thinking…');
    reply.write(sealSafeText('Here is an answer.'));
    await reply.end({ kind: 'complete' });
    await chat.sign.hide();
    expect([chat.teams.typing.length, chat.shown()]).toEqual([1, ['Here is an answer.']]);
  });

  it('is nothing more in a personal chat where a question ends before its answer is begun', async () => {
    await using chat = await open('a:personal');
    chat.sign.show();
    await chat.sign.hide();
    chat.clock.wind(60_000);
    expect([chat.teams.calls, chat.clock.waiting]).toEqual([[], 0]);
  });

  it.each(SHARED)('is a message once the wait is long, which becomes the answer: %s', async (place) => {
    await using chat = await open(place);
    chat.sign.show();
    const reply = chat.openReply();
    chat.clock.wind(20_000);
    await chat.teams.until(() => chat.shown().join() === '*Still thinking…*');
    const [{ id } = { id: '' }] = chat.teams.shown;
    reply.write(sealSafeText('Here is an answer.'));
    await reply.end({ kind: 'complete' });
    await chat.sign.hide();
    expect(chat.teams.shown.map((one) => [one.id, chat.teams.seen(one).trim()])).toEqual([[id, 'Here is an answer.']]);
    expect(chat.teams.breaches).toEqual([]);
  });

  it.each(SHARED)('takes that message away where no word came, and tells the asker alone: %s', async (place) => {
    await using chat = await open(place);
    chat.sign.show();
    const reply = chat.openReply();
    chat.clock.wind(20_000);
    await chat.teams.until(() => chat.shown().length === 1);
    await reply.end({ kind: 'failed', problem: 'vendor-overloaded' });
    await chat.sign.hide();
    expect([chat.shown(), chat.told]).toEqual([[], [sentencesFor('en').problem('vendor-overloaded')]]);
  });

  it('says in the line of a personal chat that the wait is long', async () => {
    await using chat = await open('a:personal');
    chat.sign.show();
    const reply = chat.openReply();
    await chat.teams.until(() => chat.shown().join() === 'Thinking…');
    chat.clock.wind(20_000);
    await chat.teams.until(() => chat.shown().join() === 'Still thinking…');
    reply.write(sealSafeText('Here is an answer.'));
    expect(await reply.end({ kind: 'complete' })).toEqual({ delivered: true });
    expect(chat.shown()).toEqual(['Here is an answer.']);
  });

  it('fails no answer where Teams refuses it', async () => {
    for (const place of ['a:personal', ...SHARED] as const) {
      await using chat = await open(place);
      chat.teams.refuse((method, _path, { text }) =>
        method === 'POST' && /thinking/iu.test(text ?? '') ? { status: 403, code: 'Forbidden' } : undefined,
      );
      chat.sign.show();
      const reply = chat.openReply();
      chat.clock.wind(20_000);
      reply.write(sealSafeText('Here is an answer.'));
      expect(await reply.end({ kind: 'complete' })).toEqual({ delivered: true });
      await chat.sign.hide();
      expect(chat.shown()).toEqual(['Here is an answer.']);
    }
  });
});
