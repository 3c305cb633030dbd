import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { MessageView, PageEvent, StateView } from '../../../adapters/local/wire';
import { startLocalChat } from './local-chat';

interface Held<Value> {
  readonly value: Value;
}

interface Chat {
  readonly place: Held<{ readonly conversation: string; readonly thread: string | undefined }>;
  readonly unread: Held<ReadonlySet<string>>;
  readonly answering: Held<boolean>;
  readonly sent: Held<string | undefined>;
  readonly shown: Held<readonly Held<MessageView>[]>;
  readonly threads: Held<readonly { readonly id: string; readonly messages: readonly unknown[] }[]>;
  apply(event: PageEvent): void;
  expect(): void;
  show(place: { conversation: string; thread: string | undefined }): void;
  become(person: string): void;
}

/** The page's own file, bundled as the page is. */
const bundled = buildSync({
  entryPoints: [resolve(__dirname, '../../../adapters/local/page/chat.ts')],
  bundle: true,
  format: 'cjs',
  write: false,
});
const page = { exports: {} as { Chat: new (person: string, events: object) => Chat } };
new Function('module', 'exports', bundled.outputFiles[0]?.text ?? '')(page, page.exports);

const message = (id: string, more: Partial<MessageView> = {}): MessageView => ({
  id,
  conversation: 'direct-ben',
  thread: 't1',
  author: 'ben',
  at: 1,
  text: id,
  ...more,
});
const state = (messages: readonly MessageView[], you = 'ben'): PageEvent => {
  const conversations: StateView['conversations'] = [
    { id: 'general', kind: 'channel' },
    { id: `direct-${you}`, kind: 'direct' },
  ];
  return { type: 'state', state: { you, people: [], conversations, vendor: undefined, messages } };
};
const answer = (id: string, to = 'ben'): MessageView =>
  message(id, {
    author: 'dejiren',
    text: '',
    answer: { state: 'waiting', to, question: 'm1', vendorName: 'V', region: 'jp', model: 'm' },
  });

describe('what the page knows', () => {
  let chat: Chat;
  const told: string[] = [];
  const texts = (): readonly string[] => chat.shown.value.map(({ value }) => value.text);

  beforeEach(() => {
    told.length = 0;
    chat = new page.exports.Chat('ben', {
      answered: ({ text }: MessageView) => told.push(`answered ${text}`),
      restarted: () => told.push('restarted'),
    });
    chat.apply(state([]));
  });

  it('begins in the direct chat', () => {
    expect(chat.place.value).toEqual({ conversation: 'direct-ben', thread: undefined });
  });

  it('lets an answer grow, and tells once that it ended', () => {
    chat.apply({ type: 'message', message: answer('m2') });
    expect(chat.answering.value).toBe(true);
    chat.apply({ type: 'piece', id: 'm2', text: 'Hel' });
    chat.apply({ type: 'piece', id: 'm2', text: 'lo.' });
    expect(texts()).toEqual(['Hello.']);
    const ended = answer('m2');
    if (ended.answer === undefined) throw new Error('no answer');
    const over: MessageView = { ...ended, text: 'Hello.', answer: { ...ended.answer, state: 'ended' } };
    chat.apply({ type: 'message', message: over });
    chat.apply({ type: 'message', message: over });
    expect(chat.answering.value).toBe(false);
    expect(told).toEqual(['answered Hello.']);
  });

  it('marks what came elsewhere as unread until it is looked at', () => {
    chat.apply({ type: 'message', message: message('m3', { conversation: 'general', author: 'aiko' }) });
    expect([...chat.unread.value]).toEqual(['general']);
    chat.show({ conversation: 'general', thread: undefined });
    expect(chat.unread.value.size).toBe(0);
    expect(chat.threads.value.map(({ id, messages }) => [id, messages.length])).toEqual([['t1', 1]]);
  });

  it('brings into view what was sent, and nothing that others send', () => {
    chat.expect();
    chat.apply({ type: 'message', message: message('m4', { author: 'aiko' }) });
    expect(chat.sent.value).toBeUndefined();
    chat.apply({ type: 'message', message: message('m5') });
    expect(chat.sent.value).toBe('m5');
  });

  it('says that dejiren was started again where nothing of before is left, and only there', () => {
    chat.apply(state([message('m6'), message('m7')]));
    chat.apply(state([message('m7')]));
    expect(told).toEqual([]);
    chat.apply(state([]));
    expect(told).toEqual(['restarted']);
  });

  it('drops what one person could see when another takes the seat', () => {
    chat.apply(state([message('m8')]));
    chat.become('aiko');
    expect(texts()).toEqual([]);
    expect(chat.place.value.conversation).toBe('direct-aiko');
    chat.apply(state([], 'aiko'));
    expect(told).toEqual([]);
  });

  it('is told of messages by ids that no other run of dejiren gave', async () => {
    const ids: string[] = [];
    for (let run = 0; run < 2; run++) {
      const local = await startLocalChat();
      await local.post('/local/messages', { person: 'ben', language: 'en', conversation: 'direct-ben', text: 'hi' });
      const opened = await local.open('ben');
      ids.push(...opened.state.messages.map(({ id }) => id), ...opened.state.messages.map(({ thread }) => thread));
      opened.close();
      await local.close();
    }
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(4);
  });
});
