import type { FileReading } from '../../src/model/adapter';
import type { AttachedFile } from '../../src/model/turn';
import { readFileFrom, unavailable } from '../kit/files';
import type { SlackApi } from './api';
import { fileInfo } from './payloads';

export interface FilesParts {
  readonly api: SlackApi;
  readonly fetch: typeof fetch;
  readonly botToken: string;
  /** Slack's own; the token goes nowhere else. */
  readonly apiUrl: string;
}

export interface Files {
  /** Reads a file's bytes from Slack. Never rejects. Needs the scope `files:read`. */
  read(file: AttachedFile, maxBytes: number, signal: AbortSignal): Promise<FileReading>;
}

/** Source: "Working with files", docs.slack.dev: a file's address takes the bot's token as a bearer. */
export function createFiles({ api, fetch, botToken, apiUrl }: FilesParts): Files {
  /** Slack's files are on its own hosts; a fake or a gateway has them on the API's. */
  const isSlack = ({ protocol, hostname, origin }: URL): boolean =>
    origin === new URL(apiUrl).origin || (protocol === 'https:' && hostname.endsWith('.slack.com'));

  return {
    async read({ id }, maxBytes, signal) {
      if (id === '') return unavailable('failed');
      const result = await api.call('files.info', { file: id });
      if (!result.ok) return unavailable(result.kind === 'refused' ? 'not-permitted' : 'failed');
      const info = fileInfo.safeParse(result.body);
      if (!info.success || signal.aborted) return unavailable('failed');
      const { size, url_private_download: address } = info.data.file;
      if (size > maxBytes) return unavailable('too-large');
      if (!isSlack(new URL(address))) return unavailable('failed');
      const headers = { authorization: `Bearer ${botToken}` };
      return readFileFrom(async () => {
        const response = await fetch(address, { headers, signal });
        // Without the right to it Slack answers with the page for signing in.
        if (response.headers.get('content-type')?.startsWith('text/html') !== true) return response;
        await response.body?.cancel();
        return new Response(null, { status: 403 });
      }, maxBytes);
    },
  };
}
