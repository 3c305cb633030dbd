import type { FileReading } from '../../src/model/adapter';
import type { AttachedFile } from '../../src/model/turn';
import { readFileFrom, unavailable } from '../kit/files';
import type { TeamsApi } from './api';
import { inlineFile, linkedFile, type MessageActivity, sentFile } from './payloads';

/** A file of a message, and where its bytes are. */
export interface TeamsFile extends AttachedFile {
  /** Undefined where Teams gives a bot none. */
  readonly url: string | undefined;
  /** Whether the Bot Connector serves it, and wants the bot's token; others carry their right in the address. */
  readonly ofConnector: boolean;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
  html: 'text/html',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
};

/**
 * Every file of a message, also those that cannot be read: they are told of rather than passed over. Teams' copy of the
 * words, cards, and messages that are answered to are none.
 */
export function attachedFiles({ attachments, serviceUrl }: MessageActivity): readonly TeamsFile[] {
  return attachments.flatMap((raw, index): readonly TeamsFile[] => {
    const id = String(index);
    const sent = sentFile.safeParse(raw);
    if (sent.success) {
      const { downloadUrl: url, fileType } = sent.data.content;
      return [{ id, mediaType: mediaTypeOf(fileType), size: 0, url, ofConnector: false }];
    }
    const linked = linkedFile.safeParse(raw);
    if (linked.success) {
      // A file in SharePoint, which gives a bot nothing by its address.
      const extension = /\.([a-z0-9]{1,10})$/iu.exec(linked.data.name)?.[1] ?? 'txt';
      return [{ id, mediaType: mediaTypeOf(extension), size: 0, url: undefined, ofConnector: false }];
    }
    const inline = inlineFile.safeParse(raw);
    if (!inline.success || inline.data.contentType.startsWith('application/vnd.microsoft.')) return [];
    const { contentUrl: url, contentType } = inline.data;
    const mediaType = contentType === 'image/*' ? 'image/png' : contentType;
    return [{ id, mediaType, size: 0, url, ofConnector: new URL(url).origin === new URL(serviceUrl).origin }];
  });
}

function mediaTypeOf(extension: string): string {
  return MEDIA_TYPES[extension.toLowerCase()] ?? 'application/octet-stream';
}

/** Reads a file's bytes. Never rejects. The token goes to the Bot Connector alone. */
export async function readTeamsFile(
  api: Pick<TeamsApi, 'download'>,
  fetch: typeof globalThis.fetch,
  file: TeamsFile | undefined,
  maxBytes: number,
  signal: AbortSignal,
): Promise<FileReading> {
  if (file?.url === undefined) return unavailable('failed');
  const { url, ofConnector } = file;
  return readFileFrom(() => (ofConnector ? download(api, url, signal) : fetch(url, { signal })), maxBytes);
}

async function download(api: Pick<TeamsApi, 'download'>, url: string, signal: AbortSignal): Promise<Response> {
  const result = await api.download(url, signal);
  return result.ok ? result.value : new Response(null, { status: 403 });
}
