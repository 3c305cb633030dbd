import type { ServerResponse } from 'node:http';
import { SECURITY_HEADERS } from './guard';
import type { PageEvent } from './wire';

export interface PageBounds {
  /** Pages connected at once. */
  readonly pages: number;
  /** Bytes that may wait for one page to read them; a page that is further behind is let go, and reconnects. */
  readonly backlogBytes: number;
  readonly heartbeatMs: number;
}

const PAGE_BOUNDS: PageBounds = { pages: 24, backlogBytes: 4 * 1024 * 1024, heartbeatMs: 15_000 };

/** The pages that are open, each as one person, fed by server-sent events. */
export interface Pages {
  readonly size: number;
  /** Connects a page and sends it `first`. `false` when too many are connected. */
  connect(viewer: string, response: ServerResponse, first: PageEvent): boolean;
  /** Tells a page that too many are connected, which a browser would show it of no other answer. */
  refuse(response: ServerResponse): void;
  /** Sends an event to every page whose person may see it. */
  send(event: PageEvent, maySee: (viewer: string) => boolean): void;
  close(): void;
}

export function createPages(bounds: PageBounds = PAGE_BOUNDS): Pages {
  const pages = new Map<ServerResponse, string>();
  let heartbeat: NodeJS.Timeout | undefined;

  function forget(response: ServerResponse): void {
    pages.delete(response);
    if (pages.size > 0) return;
    clearInterval(heartbeat);
    heartbeat = undefined;
  }

  function write(response: ServerResponse, chunk: string): void {
    response.write(chunk);
    if (response.writableLength <= bounds.backlogBytes) return;
    forget(response);
    response.destroy();
  }

  return {
    get size() {
      return pages.size;
    },
    connect(viewer, response, first) {
      if (pages.size >= bounds.pages) return false;
      response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
      response.on('close', () => forget(response));
      response.on('error', () => forget(response));
      pages.set(response, viewer);
      heartbeat ??= setInterval(() => {
        for (const page of pages.keys()) write(page, ':\n\n');
      }, bounds.heartbeatMs).unref();
      write(response, `retry: 1000\n\n${format(first)}`);
      return true;
    },
    refuse(response) {
      response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
      response.end(format({ type: 'refused', code: 'too-many-pages' }));
    },
    send(event, maySee) {
      const chunk = format(event);
      for (const [page, viewer] of pages) if (maySee(viewer)) write(page, chunk);
    },
    close() {
      for (const page of [...pages.keys()]) {
        forget(page);
        page.end();
      }
    },
  };
}

function format(event: PageEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
