import { once } from 'node:events';
import { request } from 'node:http';
import type { MessageView, PageEvent, StateView } from '../../../adapters/local/wire';

/** A page as one person has it open, without a browser. */
export interface OpenPage {
  readonly state: StateView;
  readonly events: readonly PageEvent[];
  /** The messages as they stand now. */
  messages(): readonly MessageView[];
  until(holds: () => boolean): Promise<void>;
  readonly closed: Promise<unknown>;
  close(): void;
}

/** Opens the page of the local chat on this port as one of its people. */
export async function openPage(port: number, person: string): Promise<OpenPage> {
  const events: PageEvent[] = [];
  const waiting = new Set<() => void>();
  const messages = new Map<string, MessageView>();
  let rest = '';

  const take = (event: PageEvent): void => {
    events.push(event);
    if (event.type === 'state') for (const message of event.state.messages) messages.set(message.id, message);
    if (event.type === 'message') messages.set(event.message.id, event.message);
    if (event.type === 'removed') for (const id of event.ids) messages.delete(id);
    if (event.type === 'piece') {
      const before = messages.get(event.id);
      if (before !== undefined) messages.set(event.id, { ...before, text: before.text + event.text });
    }
    for (const check of waiting) check();
  };
  const req = request({ port, path: `/local/events?person=${person}`, agent: false });
  req.on('error', () => undefined);
  req.end();
  const [res] = await once(req, 'response');
  res.setEncoding('utf8');
  res.on('error', () => undefined);
  res.on('data', (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) if (block.startsWith('data: ')) take(JSON.parse(block.slice(6)) as PageEvent);
  });
  const page: OpenPage = {
    get state() {
      const first = events.find((event) => event.type === 'state');
      if (first?.type !== 'state') throw new Error('no state came');
      return first.state;
    },
    events,
    messages: () => [...messages.values()],
    until: (holds) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!holds()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    closed: new Promise((resolve) => res.on('close', resolve)),
    close: () => req.destroy(),
  };
  await page.until(() => events.length > 0);
  return page;
}
