import { english } from '../../../src/language/en';
import type { ThreadReading } from '../../../src/model/adapter';
import { openText, sealText } from '../../../src/model/text';
import { answerTo, lastOf, openSlackRoom, type SlackRoom } from './slack-room';

const NONE = sealText('');

const SCOPES = ['app_mentions:read', 'assistant:write', 'chat:write', 'commands', 'im:history'];
const KNOWS = [...SCOPES, 'channels:history', 'users:read'];

const richText = (...elements: readonly object[]) => [
  { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] },
];
const words = (text: string) => ({ type: 'text', text });
const forward = (author: string | undefined, text: string, more: object = {}) => ({
  is_msg_unfurl: true,
  is_share: true,
  author_id: author,
  author_name: 'Hanako',
  channel_id: 'C9',
  ts: 1_690_000_000,
  from_url: 'https://fake.slack.com/archives/C9/p1690000000000100',
  fallback: `[July 1] Hanako: ${text}`,
  text,
  message_blocks: [
    { team: 'T0FAKE', channel: 'C9', ts: '1690000000.000100', message: { blocks: richText(words(text)) } },
  ],
  ...more,
});

let room: SlackRoom;
afterEach(() => room.close());

/** Slack's event for a message, with what no fake person can write. */
async function tell(message: object, direct = true): Promise<void> {
  for (const id of ['U1', 'U3']) if (!room.slack.users.has(id)) room.slack.users.set(id, { id, name: id });
  const kind = direct ? { type: 'message', channel: 'D1', channel_type: 'im' } : { type: 'app_mention', channel: 'C1' };
  await room.slack.event(
    room.slack.eventOf({ user: 'U1', text: '', ts: '1700000000.000100', team: 'T0FAKE', ...kind, ...message }),
  );
}

async function asked(message: object, direct = true) {
  await tell(message, direct);
  await room.slack.until(() => room.asked.length === 1);
  return lastOf(room.asked).turn;
}

/** What was said in answer, privately or in the direct chat. */
async function told(message: object, direct = true): Promise<string> {
  const said = (): readonly string[] => (direct ? room.shown('D1') : room.whispers());
  await tell(message, direct);
  await room.slack.until(() => said().length === 1);
  expect(room.asked).toEqual([]);
  return lastOf(said());
}

describe('what somebody sends in Slack', () => {
  it.each([
    ['a mention alone in the text', { text: '<@U0BOT>' }, false],
    ['no text', { text: '' }, true],
    ['a text of null', { text: null }, true],
  ])('is read from the blocks where the text says nothing: %s', async (_what, message, direct) => {
    room = await openSlackRoom({ scopes: SCOPES });
    const blocks = richText({ type: 'user', user_id: 'U0BOT' }, words(' how many moons has Mars?'));
    expect(openText((await asked({ ...message, blocks }, direct)).question.text)).toBe('how many moons has Mars?');
  });

  it('is read from the text where that has words, and a table from the blocks', async () => {
    room = await openSlackRoom({ scopes: SCOPES });
    const table = {
      type: 'table',
      rows: [
        [
          { type: 'raw_text', text: 'a' },
          { type: 'raw_text', text: 'b' },
        ],
      ],
    };
    const turn = await asked({ text: 'what is in it?', blocks: [...richText(words('what is in it?')), table] });
    expect(openText(turn.question.text)).toBe('what is in it?\n\na | b');
  });

  it.each(['thread_broadcast', 'me_message', 'file_share'])('is a question as %s', async (subtype) => {
    room = await openSlackRoom({ scopes: SCOPES });
    expect(openText((await asked({ text: 'a question', subtype })).question.text)).toBe('a question');
  });

  it('may have odd fields beside its words', async () => {
    room = await openSlackRoom({ scopes: SCOPES });
    const odd = { blocks: [null, 3], attachments: 'none', files: 7, username: 5, user_profile: 'x', thread_ts: null };
    expect(openText((await asked({ text: 'a question', ...odd })).question.text)).toBe('a question');
  });

  it.each([
    ['a bot', { bot_id: 'B9' }],
    ['an app in their name', { app_id: 'A9' }],
    ['a workflow', { subtype: 'bot_message' }],
  ])('is no question where %s posted it', async (_who, more) => {
    room = await openSlackRoom({ scopes: SCOPES });
    await tell({ text: 'beep', ...more });
    await asked({ text: 'a question', ts: '1700000000.000200' });
    expect(room.asked.map(({ turn }) => openText(turn.question.text))).toEqual(['a question']);
  });
});

describe('what comes along with a question', () => {
  it('is a forwarded message of its author’s, as Slack tells of them', async () => {
    room = await openSlackRoom({ scopes: KNOWS });
    room.slack.users.set('U2', { id: 'U2', name: 'hana', isGuest: true });
    const turn = await asked({
      text: 'what does she mean?',
      attachments: [
        forward('U2', 'the price is 12'),
        forward('U1', 'I said so'),
        forward(undefined, 'whose?'),
        forward('U1', 'from elsewhere', { channel_team: 'T9' }),
        forward('U3', 'by an app', { bot_id: 'B9' }),
        forward('U1', '', {}),
      ],
    });
    expect(openText(turn.question.text)).toBe('what does she mean?');
    expect(turn.forwarded?.map(({ author, said }) => [author.id, author.membership, openText(said.text)])).toEqual([
      ['U2', 'guest', 'the price is 12'],
      ['U1', 'member', 'I said so'],
      ['UNKNOWN', 'unknown', 'whose?'],
      ['U1', 'external', 'from elsewhere'],
      ['U3', 'bot', 'by an app'],
      ['U1', 'member', '[July 1] Hanako:'],
    ]);
    expect(turn.forwarded?.[0]?.names.map(openText)).toEqual(['Hanako', 'hana']);
    expect(turn.leftOut).toEqual([]);
  });

  it('is told to have stayed behind where it is more than is read', async () => {
    room = await openSlackRoom({ scopes: SCOPES });
    const many = Array.from({ length: 21 }, (_, number) => forward('U1', `message ${number}`));
    const turn = await asked({ text: 'in short?', attachments: many });
    expect([turn.forwarded?.length, turn.leftOut]).toEqual([20, ['attachment']]);
  });

  it('is nobody’s known where Slack may not be asked, but for the asker’s own', async () => {
    room = await openSlackRoom({ scopes: SCOPES });
    const turn = await asked({ text: 'and?', attachments: [forward('U2', 'a'), forward('U1', 'b')] });
    expect(turn.forwarded?.map(({ author }) => author.membership)).toEqual(['unknown', 'member']);
  });

  it.each([
    [
      'the preview of a link',
      { attachments: [{ from_url: 'https://a.example', title: 'A', text: 'page' }] },
      ['preview'],
    ],
    ['what an app put there', { attachments: [{ id: 1, text: 'card', fallback: 'card' }] }, ['attachment']],
    [
      'a picture that is no file',
      { blocks: [{ type: 'image', image_url: 'https://a.example/x.gif' }] },
      ['attachment'],
    ],
    ['a file that was forwarded', { attachments: [forward('U1', 'a', { files: [{ id: 'F1' }] })] }, ['attachment']],
  ])('stays out of the question: %s', async (_what, message, leftOut) => {
    room = await openSlackRoom({ scopes: SCOPES });
    const turn = await asked({ text: 'look', ...message });
    expect(openText(turn.question.text)).toBe('look');
    expect(turn.leftOut).toEqual(leftOut);
  });

  it.each([
    ['a forwarded message', { attachments: [forward('U2', 'secret words')] }, english.noQuestion.forwarded],
    ['a preview', { attachments: [{ from_url: 'https://a.example' }] }, english.noQuestion.noWords],
    ['a picture', { blocks: [{ type: 'image', image_url: 'https://a.example/x.gif' }] }, english.noQuestion.noWords],
  ])('is no question by itself, and its sender is told so: %s', async (_what, message, sentence) => {
    room = await openSlackRoom({ scopes: SCOPES });
    const said = await told(message);
    expect(said).toContain(sentence);
    expect(said).not.toContain('secret');
  });
});

describe('an edit in Slack', () => {
  it('takes the edit of a direct message as one, once, and no other change of it', async () => {
    room = await openSlackRoom({ scopes: SCOPES });
    const { turn } = await room.ask('D1');
    const ts = String(turn.message.message);
    const { event } = room.slack.write({ channel: 'D1', user: 'U1', text: 'another' });
    await room.slack.edit(ts, 'a better question');
    await room.slack.until(() => room.asked.length === 2);
    expect(room.asked[1]?.turn).toMatchObject({ id: turn.id, edited: true });
    expect(openText(room.asked[1]?.turn.question.text ?? NONE)).toBe('a better question');
    // The preview of a link comes as a change as well, and no word with it.
    await room.slack.edit(ts, 'a better question');
    await room.slack.redeliver(event);
    await room.slack.until(() => room.asked.length === 3);
    expect(openText(room.asked[2]?.turn.question.text ?? NONE)).toBe('another');
  });

  it('tells somebody who would stop another’s answer whose it is, and nobody else', async () => {
    room = await openSlackRoom({ scopes: SCOPES });
    const answer = answerTo(await room.ask('C1'));
    answer.say('First words. ');
    await room.slack.until(() => room.shown('C1').length === 1);
    const [message] = room.slack.answers('C1');
    if (message === undefined) throw new Error('there is none');
    room.slack.users.set('U2', { id: 'U2', name: 'Other' });
    await room.slack.press('U2', { actionId: 'dejiren:stop' }, message);
    await room.slack.until(() => room.whispers().length === 1);
    expect([room.whispers(), room.slack.ephemerals[0]?.user, room.stops]).toEqual([
      ['Only the person who asked can stop this answer.'],
      'U2',
      [],
    ]);
    await room.slack.press('U1', { actionId: 'dejiren:stop' }, message);
    await room.slack.until(() => room.stops.length === 1);
    await answer.end();
  });

  it('is a question where it adds the mention, and the same question where it was one', async () => {
    room = await openSlackRoom({ scopes: SCOPES });
    const ts = room.slack.put({ channel: 'C1', user: 'U1', text: 'what is a turn?' });
    await room.slack.edit(ts, '<@U0BOT> what is a turn?');
    await room.slack.until(() => room.asked.length === 1);
    expect(lastOf(room.asked).turn.id).toBe(`C1:${ts}`);
    await room.slack.edit(ts, '<@U0BOT> what is a turn, then?');
    await room.slack.until(() => room.asked.length === 2);
    expect(lastOf(room.asked).turn.id).toBe(`C1:${ts}`);
  });

  it('is no question a day later, when nobody can tell any more whether it was answered', async () => {
    room = await openSlackRoom({ scopes: SCOPES });
    const late = { text: '<@U0BOT> still?', edited: { user: 'U1', ts: '1700090000.000000' } };
    expect(await told(late, false)).toContain(english.notByEdit);
  });

  it('runs no command', async () => {
    room = await openSlackRoom({ scopes: SCOPES });
    expect(
      await told({ text: '<@U0BOT> /dejiren-optin on', edited: { user: 'U1', ts: '1700000060.000000' } }, false),
    ).toContain(english.notByEdit);
    expect(room.runs).toEqual([]);
  });
});

describe('own people and strangers', () => {
  const SISTER = { enterprise: 'E0ORG', teams: ['T0FAKE', 'T0SISTER'] };
  const inOrganisation = [{ enterprise_id: 'E0ORG', team_id: 'T0FAKE', is_enterprise_install: false }];
  const mention = { type: 'app_mention', channel: 'C1', user: 'U1', text: '<@U0BOT> hi', ts: '1700000000.000100' };
  const membership = async (message: object, more: object = {}) => {
    await room.slack.event({
      ...room.slack.eventOf({ ...mention, ...message }),
      is_ext_shared_channel: true,
      authorizations: inOrganisation,
      ...more,
    });
    await room.slack.until(() => room.asked.length === 1);
    return lastOf(room.asked).turn.person.membership;
  };

  it.each([
    ['the organisation as their home', { team: 'T9', user_team: 'E0ORG', source_team: 'E0ORG' }, 'member'],
    ['a sister workspace, of which Slack does not tell', { user_team: 'T0SISTER' }, 'external'],
    ['another organisation', { user_team: 'E0OTHER' }, 'external'],
  ])('are known by %s', async (_what, message, expected) => {
    room = await openSlackRoom({ scopes: SCOPES });
    expect(await membership(message)).toBe(expected);
  });

  it.each([
    ['a sister workspace of theirs', { user_team: 'T0SISTER' }, {}, 'member'],
    ['a home that is not theirs', { user_team: 'T9' }, {}, 'external'],
    ['a guest of a sister', { user_team: 'T0SISTER' }, { isGuest: true }, 'guest'],
    ['a stranger', { user_team: 'T0SISTER' }, { isStranger: true }, 'external'],
  ])('are known by what Slack tells when it is asked: %s', async (_what, message, user, expected) => {
    room = await openSlackRoom({ scopes: KNOWS });
    room.slack.users.set('U1', { id: 'U1', name: 'u', team: 'T0SISTER', enterpriseUser: SISTER, ...user });
    expect(await membership(message)).toBe(expected);
  });

  it('of an installation for the whole organisation are asked for in the workspace of the event', async () => {
    room = await openSlackRoom({ scopes: SCOPES });
    const wide = [{ enterprise_id: 'E0ORG', team_id: null, is_enterprise_install: true }];
    expect(await membership({ team: 'T0FAKE' }, { authorizations: wide })).toBe('member');
    expect(lastOf(room.asked).turn.person.tenant).toBe('T0FAKE');
  });

  const press = async (body: object) => {
    const payload = JSON.stringify({
      type: 'block_actions',
      user: { id: 'U1', team_id: 'T0FAKE' },
      team: { id: 'T0FAKE' },
      channel: { id: 'C1' },
      container: { type: 'message', message_ts: '1.2', channel_id: 'C1' },
      actions: [{ action_id: 'dejiren:card:0', value: JSON.stringify({ do: 'status' }), type: 'button' }],
      ...body,
    });
    const form = new URLSearchParams({ payload }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...room.slack.sign(form) };
    await room.slack.postRaw(form, headers);
    await room.slack.until(() => room.runs.some(([, , what]) => what === 'status'));
    return room.runs.find(([, , what]) => what === 'status')?.[1];
  };

  it.each([
    ['of the workspace', {}, 'member'],
    [
      'of the organisation',
      { user: { id: 'U1', team_id: 'E0ORG' }, team: { id: 'T0FAKE', enterprise_id: 'E0ORG' } },
      'member',
    ],
    [
      'of an organisation that is not the workspace’s',
      { user: { id: 'U1', team_id: 'E9' }, enterprise: { id: 'E9' } },
      'external',
    ],
    ['of a sister that Slack does not tell of', { user: { id: 'U1', team_id: 'T0SISTER' } }, 'external'],
    ['of another workspace', { user: { id: 'U1', team_id: 'T9' } }, 'external'],
    ['where dejiren is not installed', { user: { id: 'U1', team_id: 'T9' }, team: { id: 'T9' } }, 'external'],
    ['without a home', { user: { id: 'U1' } }, 'unknown'],
  ])('press buttons: somebody %s', async (_who, body, expected) => {
    room = await openSlackRoom({ scopes: SCOPES });
    expect(await press(body)).toBe(expected);
  });

  it('of a sister workspace press buttons as members where Slack tells so', async () => {
    room = await openSlackRoom({ scopes: KNOWS });
    room.slack.users.set('U1', { id: 'U1', name: 'u', team: 'T0SISTER', enterpriseUser: SISTER });
    const team = { id: 'T0FAKE', enterprise_id: 'E0ORG' };
    expect(await press({ team, user: { id: 'U1', team_id: 'T0SISTER' } })).toBe('member');
  });

  it.each([
    ['a member', { user_team: 'T0FAKE' }, 'T0SISTER', inOrganisation, 'member'],
    ['a stranger', { user_team: 'T0SISTER' }, 'T0SISTER', inOrganisation, 'external'],
    ['a member, who presses at another organisation', { user_team: 'T0FAKE' }, 'E0OTHER', inOrganisation, 'external'],
    ['a member outside of an organisation', { user_team: 'T0FAKE' }, 'T9', [{ team_id: 'T0FAKE' }], 'external'],
  ])(
    'press as what they were shown as before, whatever workspace of theirs Slack names: %s',
    async (_who, message, home, authorizations, expected) => {
      room = await openSlackRoom({ scopes: SCOPES });
      await membership(message, { authorizations });
      expect(await press({ user: { id: 'U1', team_id: home } })).toBe(expected);
    },
  );
});

describe('a thread in Slack', () => {
  const said = (reading: ThreadReading): readonly string[] =>
    reading.kind === 'read'
      ? reading.messages.map(
          (one) => `${one.kind === 'person' ? one.author.membership : ''} ${openText(one.said.text)}`,
        )
      : [reading.reason];

  it('is read back as far as it goes, a stretch at a time', async () => {
    room = await openSlackRoom({ scopes: KNOWS });
    const root = room.slack.put({ channel: 'C1', user: 'U2', text: 'message 0' });
    for (let at = 1; at < 2_600; at += 1)
      room.slack.put({ channel: 'C1', user: 'U2', text: `message ${at}`, thread: root });
    const { surface } = await room.ask('C1', 'U1', root);
    const reading = await surface.readThread(3, new AbortController().signal);
    expect(said(reading)).toEqual(['member message 2597', 'member message 2598', 'member message 2599']);
    if (reading.kind !== 'read' || reading.older === undefined) throw new Error('there is more');
    expect(said(await reading.older())).toEqual(['member message 2594', 'member message 2595', 'member message 2596']);
    expect(room.slack.callsOf('conversations.replies').length).toBeLessThan(10);
  });

  it.each([
    ['where Slack may be asked', KNOWS, ['member', 'unknown'], 41],
    ['where it may not', [...SCOPES, 'channels:history'], ['member'], 0],
  ] as const)(
    'asks about so many of its authors, and takes the rest for unknown: %s',
    async (_where, scopes, standings, asked) => {
      room = await openSlackRoom({ scopes: [...scopes] });
      const root = room.slack.put({ channel: 'C1', user: 'U2', text: 'message 0' });
      for (let at = 1; at < 60; at += 1) room.slack.put({ channel: 'C1', user: `U1${at}`, text: 'hi', thread: root });
      const { surface } = await room.ask('C1', 'U1', root);
      const reading = await surface.readThread(100, new AbortController().signal);
      if (reading.kind !== 'read') throw new Error(reading.reason);
      const found = reading.messages.flatMap((one) => (one.kind === 'person' ? [one.author.membership] : []));
      expect([...new Set(found)].sort()).toEqual(standings);
      expect(room.slack.callsOf('users.info')).toHaveLength(asked);
    },
  );

  it('ends where it begins', async () => {
    room = await openSlackRoom({ scopes: KNOWS });
    const root = room.slack.put({ channel: 'C1', user: 'U2', text: 'first' });
    const { surface } = await room.ask('C1', 'U1', root);
    expect(await surface.readThread(3, new AbortController().signal)).not.toHaveProperty('older');
  });
});
