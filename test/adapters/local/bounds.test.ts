import { once } from 'node:events';
import { createConnection } from 'node:net';
import { startLocalChat } from './local-chat';

describe('the bounds of the local chat', () => {
  const post = (person: string, text: string, more: object = {}) => ({
    person,
    language: 'en',
    conversation: 'general',
    text,
    ...more,
  });

  it('keeps so many threads; the oldest goes with its replies', async () => {
    const chat = await startLocalChat({
      roomBounds: { messages: 100, threads: 2, characters: 1_000, fileBytes: 1_000 },
    });
    const page = await chat.open('ben');
    const { thread } = JSON.parse((await chat.post('/local/messages', post('ben', 'one'))).body) as { thread: string };
    await chat.post('/local/messages', post('ben', 'reply', { thread }));
    for (const text of ['two', 'three']) await chat.post('/local/messages', post('ben', text));
    await page.until(() => page.messages().length === 2);
    expect((await chat.open('ben')).messages().map(({ text }) => text)).toEqual(['two', 'three']);
    await chat.close();
  });

  it('keeps the newest of a thread that outgrows the conversation, and its first message', async () => {
    const chat = await startLocalChat({ roomBounds: { messages: 3, threads: 2, characters: 1_000, fileBytes: 1_000 } });
    const { thread } = JSON.parse((await chat.post('/local/messages', post('ben', 'root'))).body) as { thread: string };
    for (const text of ['a', 'b', 'c', 'd']) await chat.post('/local/messages', post('ben', text, { thread }));
    expect((await chat.open('ben')).messages().map(({ text }) => text)).toEqual(['root', 'c', 'd']);
    await chat.close();
  });

  it('keeps so many bytes of files', async () => {
    const chat = await startLocalChat({
      roomBounds: { messages: 100, threads: 50, characters: 1_000, fileBytes: 1_000 },
    });
    const files = [{ name: 'a.txt', mediaType: 'text/plain', data: Buffer.alloc(400, 'x').toString('base64') }];
    for (const text of ['one', 'two', 'three']) await chat.post('/local/messages', post('ben', text, { files }));
    const messages = (await chat.open('ben')).messages();
    expect(messages.map(({ text }) => text)).toEqual(['two', 'three']);
    expect(messages[0]?.files).toEqual([{ name: 'a.txt', size: 400 }]);
    await chat.close();
  });

  it('keeps so many characters', async () => {
    const chat = await startLocalChat({
      roomBounds: { messages: 100, threads: 50, characters: 1_000, fileBytes: 1_000 },
    });
    for (let index = 0; index < 5; index++)
      await chat.post('/local/messages', post('ben', `${index}${'x'.repeat(400)}`));
    expect((await chat.open('ben')).messages()).toHaveLength(2);
    await chat.close();
  });

  it('connects so many pages, and another one when a page has gone', async () => {
    const chat = await startLocalChat({ pageBounds: { pages: 1, backlogBytes: 1_000_000, heartbeatMs: 15_000 } });
    const page = await chat.open('ben');
    expect(await chat.get('/local/events?person=ben')).toMatchObject({
      status: 200,
      body: 'data: {"type":"refused","code":"too-many-pages"}\n\n',
    });
    page.close();
    await page.closed;
    // The server learns of it a moment after the page does.
    let reconnected = false;
    while (!reconnected) {
      const socket = createConnection(chat.port, '127.0.0.1');
      socket.write('GET /local/events?person=ben HTTP/1.1\r\nHost: localhost\r\n\r\n');
      let answer = '';
      while (!answer.includes('data: ')) answer += String((await once(socket, 'data'))[0]);
      socket.destroy();
      reconnected = answer.includes('"type":"state"');
    }
    await chat.close();
  });

  it('lets go of a page that does not read, and goes on with the others', async () => {
    const chat = await startLocalChat({ pageBounds: { pages: 4, backlogBytes: 1024 * 1024, heartbeatMs: 15_000 } });
    const slow = createConnection(chat.port, '127.0.0.1');
    slow.on('error', () => undefined);
    const gone = new Promise((resolve) => slow.once('close', resolve));
    slow.write('GET /local/events?person=ben HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(slow, 'data');
    slow.pause();
    const page = await chat.open('aiko');
    let count = 0;
    for (; count < 150; count++) await chat.post('/local/messages', post('ben', `${count} ${'x'.repeat(90_000)}`));

    slow.resume();
    await gone;
    await page.until(() => page.messages().some(({ text }) => text.startsWith(`${count - 1} `)));
    page.close();
    await chat.close();
  });

  it('sends a sign of life to a page that hears nothing else', async () => {
    const chat = await startLocalChat({ pageBounds: { pages: 4, backlogBytes: 1_000_000, heartbeatMs: 5 } });
    const socket = createConnection(chat.port, '127.0.0.1');
    socket.write('GET /local/events?person=ben HTTP/1.1\r\nHost: localhost\r\n\r\n');
    let heard = '';
    for await (const chunk of socket) {
      heard += String(chunk);
      if (heard.includes('\n:\n\n')) break;
    }
    expect(heard).toContain(':\n\n');
    await chat.close();
  });
});
