import type { PageEvent, RefusalCode } from '../wire';

/** `full`: too many pages are connected. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'full';

const RETRY_MS = { first: 500, most: 8_000 } as const;

export interface Connection {
  /** Listens as this person from now on. */
  be(person: string): void;
}

/** Keeps the stream of events open: after a break it connects again, and dejiren sends the whole state. */
export function createConnection(
  onEvent: (event: PageEvent) => void,
  onState: (state: ConnectionState) => void,
): Connection {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: ConnectionState = 'connecting';
  let wait: number = RETRY_MS.first;

  function become(next: ConnectionState): void {
    if (next === state) return;
    state = next;
    onState(next);
  }

  function open(person: string): void {
    source?.close();
    clearTimeout(timer);
    const current = new EventSource(`/local/events?person=${encodeURIComponent(person)}`);
    source = current;
    const again = (why: ConnectionState): void => {
      current.close();
      become(why);
      timer = setTimeout(() => open(person), wait);
      wait = Math.min(wait * 2, RETRY_MS.most);
    };
    current.onmessage = ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as PageEvent;
      if (event.type === 'refused') return again('full');
      wait = RETRY_MS.first;
      become('open');
      onEvent(event);
    };
    current.onerror = () => again('lost');
  }

  return { be: open };
}

export type Sent = { readonly ok: true } | { readonly ok: false; readonly code: RefusalCode | 'unreachable' };

/** Sends a request of the page. Never rejects. */
export async function send(path: string, body: object): Promise<Sent> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    if (response.ok) return { ok: true };
    const answer = (await response.json()) as { readonly code?: RefusalCode };
    return { ok: false, code: answer.code ?? 'failed' };
  } catch {
    return { ok: false, code: 'unreachable' };
  }
}
