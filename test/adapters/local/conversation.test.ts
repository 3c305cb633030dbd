import { consentCard } from '../../../src/language/cards';
import { sentencesFor } from '../../../src/language/sentences';
import type { ReplyControl } from '../../../src/model/reply';
import { openText, sealSafeText } from '../../../src/model/text';
import { aCard, type LocalChat, startLocalChat } from './local-chat';

function control(wish: Partial<ReplyControl> = {}): ReplyControl {
  return {
    answerer: () => ({ vendor: 'Preview', region: 'this-machine', model: 'm', noticeId: 'n', asker: 'pseudonym' }),
    signal: new AbortController().signal,
    mayPost: () => Promise.resolve(true),
    brokenOff: () => undefined,
    errorId: () => 'k7f3qm',
    onFirstVisible: () => undefined,
    ...wish,
  };
}

const sentences = sentencesFor('en');
const HELP = consentCard({ kind: 'help', vendors: [] }, 'en').title;
const GRANTED = consentCard(
  { kind: 'granted', notices: [], already: false, validUntil: Date.UTC(2027, 10, 28) },
  'en',
).title;

describe('the local chat', () => {
  let chat: LocalChat;
  const say = (person: string, text: string, more: object = {}) =>
    chat.post('/local/messages', { person, language: 'en', conversation: 'general', text, ...more });
  const first = () => {
    const [asked] = chat.heard.asked;
    if (asked === undefined) throw new Error('nothing was asked');
    return asked;
  };

  beforeEach(async () => {
    chat = await startLocalChat({
      view: ({ do: what }) =>
        what === 'grant'
          ? { kind: 'granted', notices: [], already: false, validUntil: Date.UTC(2027, 10, 28) }
          : { kind: 'status', states: [] },
    });
  });
  afterEach(() => chat.close());

  it('brings a mention as a question: dejiren’s name taken out, others kept as mentions', async () => {
    await say('aiko', '＠dejiren @Benはどう思う？', { language: 'ja' });
    const { turn } = first();
    expect(openText(turn.question.text)).toBe('@Benはどう思う？');
    expect(turn.question.mentions.map(({ id, kind }) => [kind, id])).toEqual([['person', 'ben']]);
    expect(turn).toMatchObject({ language: 'ja', person: { platform: 'local', id: 'aiko', membership: 'member' } });
    expect(turn.conversation).toMatchObject({ id: 'general', kind: 'channel', thread: turn.message.message });
  });

  it('leaves alone what people say to each other in the channel', async () => {
    await say('ben', 'hello @Aiko, see mail@dejiren.example and @dejirenbot');
    expect(chat.heard.asked).toHaveLength(0);
  });

  it('answers every message in the direct chat', async () => {
    await say('ben', 'hello', { conversation: 'direct-ben' });
    expect(first().turn.conversation.kind).toBe('direct');
  });

  it('asks a question of one’s own again: the same words and files, as a message of its own', async () => {
    const files = [{ name: 'a.txt', mediaType: 'text/plain', data: Buffer.from('hello').toString('base64') }];
    await say('ben', '@dejiren what is this? @Aiko', { files });
    const { turn } = first();
    const again = { person: 'ben', language: 'ja', message: turn.message.message, act: 'pressed-once' };
    expect((await chat.post('/local/again', again)).status).toBe(200);
    expect((await chat.post('/local/again', again)).status).toBe(200);
    expect(chat.heard.asked).toHaveLength(2);
    const second = chat.heard.asked[1]?.turn;
    expect(second?.id).not.toBe(turn.id);
    expect(second?.conversation).toEqual(turn.conversation);
    expect(second?.language).toBe('ja');
    expect(openText(second?.question.text ?? sealSafeText(''))).toBe('what is this? @Aiko');
    expect(second?.question.mentions).toEqual(turn.question.mentions);
    expect(second?.files).toHaveLength(1);
  });

  it('asks nothing again that is gone, that is another’s, or that was said to others', async () => {
    await say('ben', '@dejiren hi');
    await say('ben', 'good morning');
    const page = await chat.open('ben');
    const [asked, said] = page.state.messages;
    const again = (person: string, message: string | undefined) =>
      chat.post('/local/again', { person, language: 'en', message });
    expect((await again('aiko', asked?.id)).status).toBe(403);
    expect((await again('ben', said?.id)).status).toBe(400);
    expect((await again('ben', 'm1-elsewhere')).status).toBe(404);
    expect(chat.heard.asked).toHaveLength(1);
    page.close();
  });

  it('tells the page which question an answer is for', async () => {
    await say('ben', '@dejiren hi');
    const { turn, surface } = first();
    const reply = surface.openReply(control());
    reply.write(sealSafeText('Hello.'));
    await reply.end({ kind: 'complete' });
    const page = await chat.open('ben');
    expect(page.state.messages.at(-1)?.answer?.question).toBe(turn.message.message);
    page.close();
  });

  it('helps where a mention has no question', async () => {
    await say('ben', ' @dejiren ');
    expect(chat.heard.asked).toHaveLength(0);
    expect(chat.heard.commands).toEqual([{ person: 'ben', words: 'help', surface: 'command' }]);
  });

  it('runs a typed command and shows its card to that person alone', async () => {
    const [ben, aiko] = [await chat.open('ben'), await chat.open('aiko')];
    await say('ben', '/dejiren-optin vendor openai');
    await ben.until(() => ben.messages().some(({ card }) => card?.title === HELP));
    await say('ben', 'visible to all');
    await aiko.until(() => aiko.messages().length > 0);
    expect(chat.heard.commands).toEqual([{ person: 'ben', words: 'vendor openai', surface: 'command' }]);
    expect(aiko.messages().map(({ text }) => text)).toEqual(['visible to all']);
  });

  it('shows nobody another person’s private cards or direct chat, now or on reconnecting', async () => {
    const ben = await chat.open('ben');
    await say('aiko', 'only for dejiren', { conversation: 'direct-aiko' });
    await first().surface.tellPrivately(aCard({ do: 'status' }));
    await say('aiko', '@dejiren in the channel');
    await chat.heard.asked[1]?.surface.tellPrivately(aCard({ do: 'status' }));
    await ben.until(() => ben.messages().length > 0);
    const later = await chat.open('ben');
    for (const page of [ben, later]) {
      expect(page.messages().map(({ text }) => text)).toEqual(['@dejiren in the channel']);
      expect(JSON.stringify(page.events)).not.toContain('only for dejiren');
    }
    expect(later.state.conversations.map(({ id }) => id)).toEqual(['general', 'direct-ben']);
    expect((await chat.open('aiko')).messages()).toHaveLength(4);
  });

  it('streams an answer to everyone who may read it, and says who answered', async () => {
    const page = await chat.open('chika');
    await say('ben', '@dejiren hi');
    let visible = 0;
    const reply = first().surface.openReply(control({ onFirstVisible: () => visible++ }));
    await page.until(() => page.messages().some(({ answer }) => answer?.state === 'waiting'));
    for (const piece of ['Hel', 'lo ', '**you**']) reply.write(sealSafeText(piece));
    expect(await reply.end({ kind: 'complete' })).toEqual({ delivered: true });
    await page.until(() => page.messages().some(({ answer }) => answer?.state === 'ended'));
    const answer = page.messages().at(-1);
    expect(answer?.text).toBe('Hello **you**');
    expect(answer?.answer).toMatchObject({ to: 'ben', vendorName: 'Preview', region: 'this-machine' });
    expect(answer?.answer).not.toHaveProperty('ending');
    expect(visible).toBe(1);
  });

  it('lets pieces that come close together travel as one', async () => {
    const page = await chat.open('ben');
    await say('ben', '@dejiren hi');
    const reply = first().surface.openReply(control());
    for (let index = 0; index < 200; index++) reply.write(sealSafeText('x'));
    await reply.end({ kind: 'complete' });
    await page.until(() => page.messages().some(({ answer }) => answer?.state === 'ended'));
    expect(page.events.filter(({ type }) => type === 'piece').length).toBeLessThanOrEqual(2);
    expect(page.messages().at(-1)?.text).toHaveLength(200);
  });

  it('posts no more words once it may not', async () => {
    const page = await chat.open('ben');
    await say('ben', '@dejiren hi');
    let allowed = true;
    const seen = Promise.withResolvers<void>();
    const reply = first().surface.openReply(
      control({ mayPost: () => Promise.resolve(allowed), onFirstVisible: () => seen.resolve() }),
    );
    reply.write(sealSafeText('before'));
    await seen.promise;
    allowed = false;
    reply.write(sealSafeText('after'));
    await reply.end({ kind: 'withdrawn' });
    await page.until(() => page.messages().some(({ answer }) => answer?.ending === sentences.ending.withdrawn));
    expect(page.messages().at(-1)?.text).toBe('before');
    expect(JSON.stringify(page.events)).not.toContain('after');
  });

  it('takes back an answer that the vendor’s filter stopped', async () => {
    const page = await chat.open('ben');
    await say('ben', '@dejiren hi');
    const seen = Promise.withResolvers<void>();
    const reply = first().surface.openReply(control({ onFirstVisible: () => seen.resolve() }));
    reply.write(sealSafeText('dubious'));
    await seen.promise;
    await reply.end({ kind: 'retracted' });
    await page.until(() => page.messages().some(({ answer }) => answer?.ending === sentences.ending.retracted));
    expect(page.messages().at(-1)?.text).toBe('');
  });

  it('tells a failure before the first word to the asker alone', async () => {
    const [ben, aiko] = [await chat.open('ben'), await chat.open('aiko')];
    await say('ben', '@dejiren hi');
    const reply = first().surface.openReply(control());
    await reply.end({ kind: 'failed', problem: 'vendor-timeout' });
    await ben.until(() =>
      ben.messages().some(({ card }) => card?.paragraphs[0] === sentences.problem('vendor-timeout')),
    );
    await say('ben', 'and on');
    await aiko.until(() => aiko.messages().some(({ text }) => text === 'and on'));
    expect(aiko.messages()).toHaveLength(2);
  });

  it('reads the thread before the question, each message with its author, answers with their asker', async () => {
    const { thread } = JSON.parse((await say('aiko', 'the plan is secret')).body) as { thread: string };
    await say('chika', '@dejiren first', { thread });
    const reply = first().surface.openReply(control());
    reply.write(sealSafeText('an answer'));
    await reply.end({ kind: 'complete' });
    await first().surface.tellPrivately(aCard({ do: 'status' }));
    await say('ben', 'elsewhere');
    await say('ben', '@dejiren second', { thread });
    await say('aiko', 'too late', { thread });
    const reading = await chat.heard.asked[1]?.surface.readThread(10, new AbortController().signal);
    if (reading?.kind !== 'read') throw new Error('not read');
    expect(
      reading.messages.map((message) => [
        message.kind === 'person' ? message.author.id : message.asker,
        openText(message.said.text),
      ]),
    ).toEqual([
      ['aiko', 'the plan is secret'],
      ['chika', 'first'],
      ['pseudonym', 'an answer'],
    ]);
    const last = await chat.heard.asked[1]?.surface.readThread(1, new AbortController().signal);
    expect(last).toMatchObject({ kind: 'read', messages: [{ kind: 'answer' }] });
    const earlier = last?.kind === 'read' ? await last.older?.() : undefined;
    expect(earlier).toMatchObject({ kind: 'read', messages: [{ kind: 'person', author: { id: 'chika' } }] });
    expect(reading).not.toHaveProperty('older');
  });

  it('starts afresh in the direct chat, so that what was said before is no context', async () => {
    await say('ben', 'one', { conversation: 'direct-ben' });
    await chat.post('/local/new', { person: 'ben' });
    await say('ben', 'two', { conversation: 'direct-ben' });
    const reading = await chat.heard.asked[1]?.surface.readThread(10, new AbortController().signal);
    expect(reading).toEqual({ kind: 'read', messages: [] });
  });

  it('says of an answer to somebody else whose it is to stop', async () => {
    const chat = await startLocalChat({ stopped: 'anothers' });
    const stop = { person: 'ben', conversation: 'general', thread: 'm1' };
    expect(await chat.post('/local/stop', stop)).toMatchObject({ status: 403, body: '{"code":"not-your-answer"}' });
    await chat.close();
  });

  it('stops what is being answered to this person in this thread', async () => {
    await chat.post('/local/stop', { person: 'ben', conversation: 'general', thread: 'm1' });
    expect(chat.heard.stopped).toEqual([['ben', 'general', 'm1']]);
  });

  describe('a pressed button', () => {
    async function askedCard(action: 'grant' | 'status' = 'grant') {
      await say('ben', '@dejiren hi');
      const { turn, surface } = first();
      await surface.tellPrivately(aCard({ do: action, vendor: 'preview', noticeId: 'n1', question: turn.message }));
      const page = await chat.open('ben');
      const card = page.messages().find((message) => message.card !== undefined);
      if (card?.card === undefined) throw new Error('no card');
      return { page, press: { person: 'ben', language: 'en', card: card.id, version: card.card.version, button: 0 } };
    }

    it('agrees, changes the card and answers the same question, read again', async () => {
      const { page, press } = await askedCard();
      expect((await chat.post('/local/action', press)).status).toBe(200);
      expect(chat.heard.presses).toMatchObject([
        { person: 'ben', surface: 'card', action: { do: 'grant', noticeId: 'n1' } },
      ]);
      expect(chat.heard.asked[1]?.turn.id).toBe(`${first().turn.id}:agreed-use`);
      expect(openText(chat.heard.asked[1]?.turn.question.text ?? sealSafeText(''))).toBe('hi');
      await page.until(() => page.messages().some(({ card }) => card?.title === GRANTED));
    });

    it('says so where the question was deleted meanwhile', async () => {
      const { page, press } = await askedCard();
      const message = first().turn.message.message;
      expect((await chat.post('/local/delete', { person: 'aiko', message })).status).toBe(403);
      expect((await chat.post('/local/delete', { person: 'ben', message })).status).toBe(200);
      await chat.post('/local/action', press);
      await page.until(() => page.messages().some(({ card }) => card?.paragraphs[0] === sentences.sendAgain));
      expect(chat.heard.asked).toHaveLength(1);
    });

    it('counts once, and only on the card as it was shown', async () => {
      const { press } = await askedCard();
      const statuses = await Promise.all([chat.post('/local/action', press), chat.post('/local/action', press)]);
      expect(statuses.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(chat.heard.presses).toHaveLength(1);
    });

    it('is nobody else’s to press', async () => {
      const { press } = await askedCard();
      expect((await chat.post('/local/action', { ...press, person: 'aiko' })).status).toBe(404);
      expect(chat.heard.presses).toHaveLength(0);
    });

    it('answers nothing where consent was not the outcome', async () => {
      const { press } = await askedCard('status');
      await chat.post('/local/action', press);
      expect(chat.heard.asked).toHaveLength(1);
    });
  });
});
