import { attachedFiles } from '../../../adapters/teams/files';
import { readForwards } from '../../../adapters/teams/forwards';
import { readWords } from '../../../adapters/teams/message-words';
import { messageActivity } from '../../../adapters/teams/payloads';
import type { People } from '../../../adapters/teams/people';
import { openText, sealText } from '../../../src/model/text';
import { aPerson } from '../../support/turns';

const guid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const ASKER = guid(1);
const BEN = guid(2);
const BOT = '28:bot';

const activityOf = (more: object = {}, kind = 'groupChat') => ({
  type: 'message',
  id: '1700000000000',
  channelId: 'msteams',
  serviceUrl: 'https://teams.example/',
  from: { id: '29:asker', name: 'Aiko', aadObjectId: ASKER },
  recipient: { id: BOT, name: 'dejiren' },
  conversation: { id: '19:chat', conversationType: kind, tenantId: guid(9) },
  text: 'and this?',
  ...more,
});

const people: Pick<People, 'find'> = {
  find: async (_place, account) => ({
    membership: account === BEN ? 'member' : 'unknown',
    names: account === BEN ? [sealText('Ben')] : [],
  }),
};

async function read(more: object, kind?: string) {
  const body = activityOf(more, kind);
  const activity = messageActivity.parse(body);
  const words = await readWords(activity);
  const asker = aPerson({ platform: 'teams', tenant: guid(9), person: ASKER });
  const along = await readForwards(activity, body, words, asker, { ...people, forgetPlace() {} });
  return {
    words: openText(words.said.text),
    mentions: words.said.mentions.map(({ id }) => id),
    forwarded: along.forwarded?.map(({ author, said }) => [author.id, author.membership, openText(said.text)]),
    names: along.forwarded?.map(({ names }) => names.map(openText)),
    leftOut: along.leftOut,
    files: attachedFiles(activity).map(({ mediaType }) => mediaType),
  };
}

const html = (content: string) => ({ contentType: 'text/html', content });
const reply = (mri: string, words: string) =>
  `<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong itemprop="mri" itemid="${mri}">Ben B.</strong><span itemprop="time" itemid="1"></span><p itemprop="preview">${words}</p></blockquote>`;

describe('the words of a message in Teams', () => {
  const mention = { type: 'mention', text: '<at>Ben</at>', mentioned: { id: '29:ben', name: 'Ben' } };
  const atBot = { type: 'mention', text: '<at>dejiren</at>', mentioned: { id: BOT, name: 'dejiren' } };

  it.each([
    ['the text', { attachments: [html('<p>something else</p>')] }, 'and this?'],
    ['the HTML where the text says nothing', { text: '', attachments: [html('<p>one</p><p>two</p>')] }, 'one\ntwo'],
    [
      'a table that the text leaves out',
      { text: 'sum it up', attachments: [html('<p>sum it up</p><table><tr><td>a</td><td>b</td></tr></table>')] },
      'sum it up\n\na   b',
    ],
    ['a table of it', { text: null, attachments: [html('<table><tr><td>a</td><td>b</td></tr></table>')] }, 'a   b'],
    [
      'its emoji, not its pictures',
      {
        text: '',
        attachments: [html('<p>hi <img itemtype="http://schema.skype.com/Emoji" alt="😀"> <img alt="x"></p>')],
      },
      'hi 😀',
    ],
    [
      'the HTML without what is quoted, which the text runs together with it',
      {
        text: 'Ben B.\nthe price is 12\nis that so?',
        attachments: [html(`${reply(`8:orgid:${BEN}`, 'the price is 12')}<p>is that so?</p>`)],
      },
      'is that so?',
    ],
    [
      'the text where the HTML holds the quote alone',
      { text: 'is that so?', attachments: [html(reply(`8:orgid:${BEN}`, 'the price is 12'))] },
      'is that so?',
    ],
    [
      'mentions in the HTML',
      {
        text: '<at>dejiren</at>',
        entities: [atBot, mention],
        attachments: [
          html(
            '<p><span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">dejiren</span> ask <span itemscope itemtype="http://schema.skype.com/Mention" itemid="1">Ben</span></p>',
          ),
        ],
      },
      'ask <at>Ben</at>',
    ],
  ])('are %s', async (_what, more, words) => {
    expect((await read(more)).words).toBe(words);
  });

  it('are read however deep the HTML goes', async () => {
    const deep = reply('29:x', `${'<b>'.repeat(30_000)}deep`);
    expect((await read({ text: 'is that so?', attachments: [html(deep)] })).words).toBe('is that so?');
  });

  it('lists the mentions of its HTML, also those that no entity tells of', async () => {
    const content = '<p><at id="0">Ben</at> and <at id="1">Cleo</at></p>';
    expect((await read({ text: '', entities: [mention], attachments: [html(content)] })).mentions).toEqual([
      '29:ben',
      'mention-1',
    ]);
  });
});

describe('what comes along with a question in Teams', () => {
  const sender = (id: string) => ({ user: { id, displayName: 'Ben B.' } });

  it.each([
    ['a quote in the HTML', { attachments: [html(reply(`8:orgid:${BEN}`, 'the price'))] }],
    [
      'a message that is answered to, as JSON',
      {
        attachments: [
          {
            contentType: 'messageReference',
            id: '1',
            content: JSON.stringify({ messagePreview: 'the price', messageSender: sender(BEN) }),
          },
        ],
      },
    ],
    [
      'the same as an object',
      {
        attachments: [
          { contentType: 'messageReference', content: { messagePreview: 'the price', messageSender: sender(BEN) } },
        ],
      },
    ],
    [
      'a forwarded message',
      {
        attachments: [
          {
            contentType: 'forwardedMessageReference',
            content: JSON.stringify({
              originalMessageContent: '<p>the <b>price</b></p>',
              originalMessageSender: sender(BEN),
            }),
          },
        ],
      },
    ],
    [
      'an entity',
      {
        entities: [
          {
            type: 'quotedReply',
            quotedReply: { messageId: '1', senderId: `8:orgid:${BEN}`, senderName: 'Ben B.', preview: 'the price' },
          },
        ],
      },
    ],
  ])('is its author’s: %s', async (_what, more) => {
    const { forwarded, names, words, leftOut } = await read(more);
    expect(forwarded).toEqual([[BEN, 'member', 'the price']]);
    expect(names).toEqual([['Ben B.', 'Ben']]);
    expect([words, leftOut]).toEqual(['and this?', []]);
  });

  it('is told of once, however often Teams tells it', async () => {
    const senderId = `8:orgid:${BEN}`;
    const { forwarded } = await read({
      attachments: [html(reply(senderId, 'the price'))],
      entities: [{ type: 'quotedReply', quotedReply: { senderId, preview: 'the price' } }],
    });
    expect(forwarded).toHaveLength(1);
  });

  it.each([
    ['the asker, by their account', '29:asker', [ASKER, 'member']],
    ['the asker, by the directory', `8:orgid:${ASKER}`, [ASKER, 'member']],
    ['somebody by an account alone', '29:other', ['29:other', 'unknown']],
    ['somebody whom Teams does not know', `8:orgid:${guid(3)}`, [guid(3), 'unknown']],
    ['a bot', '28:other', ['28:other', 'bot']],
    ['nobody who is told', '', ['UNKNOWN', 'unknown']],
  ])('may be of %s', async (_who, id, author) => {
    const { forwarded } = await read({ attachments: [html(reply(id, 'words'))] });
    expect(forwarded?.map(([who, membership]) => [who, membership])).toEqual([author]);
  });

  it('is no message of another’s where dejiren wrote it in a personal chat', async () => {
    const attachments = [html(reply(BOT, 'my answer'))];
    expect((await read({ attachments }, 'personal')).forwarded).toEqual([]);
    expect((await read({ attachments }, 'groupChat')).forwarded).toEqual([[BOT, 'bot', 'my answer']]);
  });

  it.each([
    ['a card', { contentType: 'application/vnd.microsoft.card.adaptive', content: { body: [] } }, ['attachment'], []],
    ['a meeting', { contentType: 'meetingReference', content: '{}' }, ['attachment'], []],
    ['a voice message without its address', { contentType: 'audio/mp4' }, ['attachment'], []],
    ['a voice message', { contentType: 'audio/mp4', contentUrl: 'https://teams.example/a' }, [], ['audio/mp4']],
    [
      'a GIF by its address',
      html('<p><img src="https://gif.example/a.gif" itemtype="http://schema.skype.com/Giphy"></p>'),
      ['attachment'],
      [],
    ],
    ['a picture', { contentType: 'image/png', contentUrl: 'https://teams.example/a' }, [], ['image/png']],
    [
      'a file in SharePoint',
      { contentType: 'reference', name: 'a.pdf', contentUrl: 'https://sp.example/a' },
      [],
      ['application/pdf'],
    ],
    ['the words once more', html('<p>and this?</p>'), [], []],
    ['nothing that is known', null, ['attachment'], []],
  ])('is told of where it cannot go: %s', async (_what, attachment, leftOut, files) => {
    const result = await read({ attachments: [attachment] });
    expect([result.leftOut, result.files]).toEqual([leftOut, files]);
  });
});

describe('messages that come along in Teams', () => {
  it('are told to have stayed behind where they are more than are read', async () => {
    const many = Array.from({ length: 21 }, (_, number) => reply('29:ben', `message ${number}`)).join('');
    const { forwarded, leftOut } = await read({ attachments: [html(`${many}<p>in short?</p>`)] });
    expect([forwarded?.length, leftOut]).toEqual([20, ['attachment']]);
  });
});
