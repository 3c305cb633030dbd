import { TIMERS } from '../../../adapters/kit/timers';
import { createTeamsApi } from '../../../adapters/teams/api';
import { type Bot, createBot } from '../../../adapters/teams/bot';
import { createReply } from '../../../adapters/teams/reply';
import { TeamsSign } from '../../../adapters/teams/sign';
import { personalChat, tellPrivately } from '../../../adapters/teams/tell-privately';
import { sentencesFor } from '../../../src/language/sentences';
import type { Card } from '../../../src/model/card';
import { sealSafeText } from '../../../src/model/text';
import { startFakeTeams } from '../../../src/prove/doubles/teams/fake-teams';
import { quietLog } from '../../support/consent';

const CHANNEL = '19:channel@thread.tacv2;messageid=1700000000000';
const ROOT = '19:channel@thread.tacv2';
const GROUP = '19:group@thread.v2';
const PERSONAL = 'a:personal';
/** What Teams opens when it is asked for the personal chat with the account `29:u1`. */
const OPENED = 'a:personal-29:u1';
const WORDS = ['FIRST words. ', 'SECOND words. ', 'THIRD words.'];
const KIND = { [CHANNEL]: 'channel', [GROUP]: 'groupChat', [PERSONAL]: 'personal' } as const;

type Place = keyof typeof KIND;

const isRich = (body: { entities?: readonly unknown[] }): boolean =>
  body.entities?.some((one) => Reflect.get(Object(one), 'usageInfo') !== undefined) === true;

const token = async (): Promise<string> => 'bot-token';
let bot: Bot;

/** A Teams of a test's own, since its pace is waited out, with what all tests here look at. */
async function openTeams() {
  const teams = await startFakeTeams();
  const api = createTeamsApi({ bot, token, fetch, log: quietLog });
  const stop = new AbortController();
  const told: string[] = [];
  let allowed = true;

  const placeOf = (conversation: Place) => ({
    serviceUrl: `${teams.url}/`,
    conversation,
    kind: KIND[conversation],
    bot: '28:bot',
  });

  function openReply(conversation: Place) {
    const place = placeOf(conversation);
    const direct = place.kind === 'personal';
    const sign = new TeamsSign({ api, place, timers: TIMERS, words: sentencesFor('en') });
    const reply = createReply({
      api,
      place,
      replyTo: direct ? undefined : '1700000000000',
      personal: () => personalChat(api, place, '29:u1', 'tenant'),
      direct,
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
        told.push(card.paragraphs.join(' '));
        return true;
      },
      onStop: () => stop.abort(),
      onAnswered() {},
    });
    return { say: (words: string): void => reply.write(sealSafeText(words)), end: reply.end };
  }

  const all = (): string => teams.shown.map((one) => teams.seen(one)).join('\n');
  const where = (): readonly string[] => [...new Set(teams.shown.map(({ conversation }) => conversation))];
  async function answerIn(conversation: Place, when: 'from the beginning' | 'in the middle', begin: () => void) {
    const answer = openReply(conversation);
    const [first = '', second = '', third = ''] = WORDS;
    if (when === 'from the beginning') begin();
    answer.say(first);
    if (when === 'in the middle') {
      await teams.until(() => all().includes(first.trim()));
      begin();
    }
    answer.say(second);
    answer.say(third);
    return answer.end({ kind: 'complete' });
  }

  function isWhole(): void {
    for (const part of WORDS) expect(all().split(part.trim())).toHaveLength(2);
    expect(told).toEqual([]);
  }

  return {
    teams,
    api,
    stop,
    told,
    forbid(): void {
      allowed = false;
    },
    mayBeShown: () => allowed,
    placeOf,
    openReply,
    all,
    where,
    answerIn,
    isWhole,
    [Symbol.asyncDispose]: teams.close,
  };
}

describe('what Teams refuses to show', () => {
  // It loads the SDK, which takes longer than a test may on a machine that does other things as well.
  beforeAll(async () => {
    bot = await createBot({ appId: 'app', token, fetch });
  }, 120_000);

  describe.each(['from the beginning', 'in the middle'] as const)('an answer, %s', (when) => {
    it.concurrent.each([GROUP, CHANNEL, PERSONAL] as const)(
      'comes as plain text where its format is bad syntax (%s)',
      async (place) => {
        await using opened = await openTeams();
        const { teams, all, answerIn, isWhole } = opened;
        const begin = (): void =>
          teams.refuse((_method, _path, body) => (isRich(body) ? { status: 400, code: 'BadSyntax' } : undefined));
        expect(await answerIn(place, when, begin)).toEqual({ delivered: true });
        isWhole();
        expect(all()).toContain('plain text');
        expect(all()).toContain('Vendor one');
      },
    );

    it.concurrent.each([
      [GROUP, 403, 'BotNotInConversationRoster'],
      [GROUP, 403, 'ForbiddenOperationException'],
      [CHANNEL, 403, 'NotEnoughPermissions'],
      [CHANNEL, 404, 'ConversationNotFound'],
    ] as const)(
      'goes to the asker’s personal chat where it may not be written (%s, %i %s)',
      async (place, status, code) => {
        await using opened = await openTeams();
        const { teams, all, where, answerIn, isWhole } = opened;
        const begin = (): void =>
          teams.refuse((_method, path, body) =>
            !path.includes('personal') && body.type === 'message' ? { status, code } : undefined,
          );
        expect(await answerIn(place, when, begin)).toEqual({ delivered: true });
        isWhole();
        expect(where()).toContain(OPENED);
        expect(all()).toContain('I am not allowed to post where you asked');
      },
    );
  });

  it.concurrent('shows nothing in the personal chat where its asker withdraws while that is opened', async () => {
    await using opened = await openTeams();
    const { teams, forbid, mayBeShown, all, answerIn } = opened;
    const begin = (): void =>
      teams.refuse((_method, path, body) => {
        if (path.endsWith('/conversations')) forbid();
        return !path.includes('personal') && body.type === 'message' ? { status: 403, code: 'Forbidden' } : undefined;
      });
    await answerIn(GROUP, 'from the beginning', begin);
    expect(mayBeShown()).toBe(false);
    for (const part of WORDS) expect(all()).not.toContain(part.trim());
  });

  it.concurrent('stands in the channel where its thread is gone', async () => {
    await using opened = await openTeams();
    const { teams, all, where, answerIn, isWhole } = opened;
    const begin = (): void =>
      teams.refuse((method, path) =>
        method === 'POST' && path.includes(';messageid=')
          ? { status: 404, code: 'ActivityNotFoundInConversation' }
          : undefined,
      );
    expect(await answerIn(CHANNEL, 'from the beginning', begin)).toEqual({ delivered: true });
    isWhole();
    expect(where()).toEqual([ROOT]);
    expect(all()).toContain('I am not allowed to reply in that thread');
  });

  it.concurrent('is not put back before everybody where somebody took it away: the asker alone has it, whole', async () => {
    await using opened = await openTeams();
    const { teams, where, answerIn } = opened;
    const begin = (): void =>
      teams.refuse((method) =>
        method === 'PUT' ? { status: 404, code: 'ActivityNotFoundInConversation' } : undefined,
      );
    expect(await answerIn(GROUP, 'in the middle', begin)).toEqual({ delivered: true });
    expect(where()).toEqual([GROUP, OPENED]);
    const last = teams.shown
      .filter(({ conversation }) => conversation === OPENED)
      .map((one) => teams.seen(one))
      .join();
    for (const part of WORDS) expect(last).toContain(part.trim());
  });

  it.concurrent.each([GROUP, PERSONAL] as const)(
    'is dealt out in smaller messages where Teams takes fewer words (%s)',
    async (place) => {
      await using opened = await openTeams();
      const { teams, openReply, all } = opened;
      teams.refuse((_method, _path, { text = '' }) =>
        text.length > 4_000 ? { status: 413, code: 'MessageSizeTooBig' } : undefined,
      );
      const answer = openReply(place);
      for (let line = 0; line < 500; line += 1) answer.say(`line ${line} of it\n`);
      expect(await answer.end({ kind: 'complete' })).toEqual({ delivered: true });
      for (let line = 0; line < 500; line += 1) expect(all().split(`line ${line} of it`)).toHaveLength(2);
    },
  );

  it.concurrent('takes no trouble of Teams’ own for a refusal: it is shown as usual once that is over', async () => {
    await using opened = await openTeams();
    const { teams, all, where, answerIn, isWhole } = opened;
    const begin = (): void =>
      teams.trouble({ status: 503, method: 'PUT' }, { status: 500, method: 'PUT' }, { status: 0, method: 'PUT' });
    expect(await answerIn(GROUP, 'in the middle', begin)).toEqual({ delivered: true });
    isWhole();
    expect(where()).toEqual([GROUP]);
    expect(all()).not.toContain('plain text');
  });

  it.concurrent('tries nothing more where the person has blocked the bot', async () => {
    await using opened = await openTeams();
    const { teams, all, answerIn } = opened;
    const begin = (): void =>
      teams.refuse((_method, _path, { type }) =>
        type === 'message' || type === 'typing' ? { status: 403, code: 'MessageWritesBlocked' } : undefined,
      );
    expect(await answerIn(PERSONAL, 'from the beginning', begin)).toMatchObject({ delivered: false });
    expect(all()).toBe('');
  });

  it.concurrent.each([
    ['withdraws', 400],
    ['withdraws', 403],
    ['presses Stop', 400],
    ['presses Stop', 404],
    ['presses Stop', 413],
  ])('is shown in no plainer way once the asker %s (%i)', async (what, status) => {
    await using opened = await openTeams();
    const { teams, stop, forbid, openReply, all } = opened;
    let refused = 0;
    teams.refuse((_method, _path, { text = '' }) => {
      if (!text.includes('SECRET')) return undefined;
      refused += 1;
      if (what === 'withdraws') forbid();
      else stop.abort();
      return refused === 1 ? { status, code: 'Refused' } : undefined;
    });
    const answer = openReply(GROUP);
    answer.say('SECRET words.');
    await teams.until(() => refused > 0);
    await answer.end({ kind: 'stopped' });
    expect(refused).toBe(1);
    expect(all()).not.toContain('SECRET');
  });

  describe('a card', () => {
    const card: Card = {
      title: 'The title',
      paragraphs: ['A paragraph.'],
      facts: [{ label: 'Where', value: 'Japan' }],
      links: [{ label: 'The source', url: 'https://example.com/' }],
      buttons: [{ label: 'Agree', style: 'primary', action: { do: 'grant', vendor: 'one' } }],
      footnote: 'The small print.',
    };
    const SAID = ['The title', 'A paragraph.', 'Japan', 'https://example.com/', 'The small print.'];
    const tell = ({ api, placeOf }: Awaited<ReturnType<typeof openTeams>>, conversation: Place): Promise<boolean> =>
      tellPrivately(
        { api },
        {
          place: placeOf(conversation),
          direct: conversation === PERSONAL,
          targeted: false,
          account: '29:u1',
          person: 'p1',
          tenant: 'tenant',
          group: undefined,
          language: 'en',
        },
        card,
      );
    const cardOf = (body: { attachments?: readonly unknown[] }): string => JSON.stringify(body.attachments ?? []);

    it.concurrent.each([GROUP, PERSONAL] as const)('keeps its buttons in a plainer one (%s)', async (place) => {
      await using opened = await openTeams();
      const { teams, all } = opened;
      teams.refuse((_method, _path, body) =>
        cardOf(body).includes('"heading"') ? { status: 400, code: 'BadSyntax' } : undefined,
      );
      expect(await tell(opened, place)).toBe(true);
      for (const words of SAID) expect(all()).toContain(words);
      expect(teams.shown.at(-1)?.activity.attachments?.[0]?.content.actions?.[0]?.title).toBe('Agree');
    });

    it.concurrent.each([GROUP, PERSONAL] as const)(
      'is told in words, with what to type, where none is taken (%s)',
      async (place) => {
        await using opened = await openTeams();
        const { teams, all } = opened;
        teams.refuse((_method, _path, body) =>
          body.attachments === undefined ? undefined : { status: 400, code: 'BadSyntax' },
        );
        expect(await tell(opened, place)).toBe(true);
        for (const words of [...SAID, '/dejiren-optin on', '/dejiren-optin off']) expect(all()).toContain(words);
      },
    );

    it.concurrent.each([
      ['the connection breaks', { status: 0 }],
      ['Teams has trouble', { status: 500 }],
      ['Teams asks for time', { status: 429, retryAfter: 1 }],
      ['a gateway gives up', { status: 502 }],
    ] as const)('is told again where %s, in a chat and on the way to one', async (_name, trouble) => {
      for (const place of [GROUP, PERSONAL] as const) {
        await using opened = await openTeams();
        const { teams, all } = opened;
        teams.trouble(trouble);
        expect(await tell(opened, place)).toBe(true);
        for (const words of SAID) expect(all()).toContain(words);
      }
    });

    it.concurrent('is told once more, and then given up, where nobody knows what comes of it', async () => {
      await using opened = await openTeams();
      const { teams } = opened;
      teams.trouble(...Array.from({ length: 5 }, () => ({ status: 0 })));
      expect(await tell(opened, PERSONAL)).toBe(false);
      expect(teams.calls.filter(({ method }) => method === 'POST')).toHaveLength(2);
    });

    it.concurrent('finds the personal chat again where it is known by another id', async () => {
      await using opened = await openTeams();
      const { teams, where } = opened;
      teams.refuse((_method, path) =>
        path.includes(`/${PERSONAL}/`) ? { status: 404, code: 'ConversationNotFound' } : undefined,
      );
      expect(await tell(opened, PERSONAL)).toBe(true);
      expect(where()).toEqual([OPENED]);
    });
  });
});
