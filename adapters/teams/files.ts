import type { FileReading } from '../../src/chat/adapter';
import type { AttachedFile } from '../../src/chat/turn';
import { Bytes } from '../../src/text/bytes';
import type { TeamsApi } from './api';
import { inlineFile, type MessageActivity, sentFile } from './payloads';

/** A file of a message, and where its bytes are. */
export interface TeamsFile extends AttachedFile {
  readonly url: string;
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

/** Every file of a message. Teams' copy of the text as HTML, and cards, are none. */
export function attachedFiles({ attachments, serviceUrl }: MessageActivity): readonly TeamsFile[] {
  return (attachments ?? []).flatMap((raw, index): readonly TeamsFile[] => {
    const id = String(index);
    const sent = sentFile.safeParse(raw);
    if (sent.success) {
      const { downloadUrl: url, fileType } = sent.data.content;
      const mediaType = MEDIA_TYPES[fileType.toLowerCase()] ?? 'application/octet-stream';
      return [{ id, mediaType, size: 0, url, ofConnector: false }];
    }
    const inline = inlineFile.safeParse(raw);
    if (!inline.success || !inline.data.contentType.startsWith('image/')) return [];
    const { contentUrl: url, contentType } = inline.data;
    const mediaType = contentType === 'image/*' ? 'image/png' : contentType;
    return [{ id, mediaType, size: 0, url, ofConnector: new URL(url).origin === new URL(serviceUrl).origin }];
  });
}

/** Reads a file's bytes. Never rejects. The token goes to the Bot Connector alone. */
export async function readTeamsFile(
  api: Pick<TeamsApi, 'download'>,
  fetch: typeof globalThis.fetch,
  file: TeamsFile | undefined,
  maxBytes: number,
  signal: AbortSignal,
): Promise<FileReading> {
  if (file === undefined) return { kind: 'unavailable', reason: 'failed' };
  try {
    const response = file.ofConnector ? await download(api, file.url, signal) : await fetch(file.url, { signal });
    if (!response.ok) {
      await response.body?.cancel();
      return { kind: 'unavailable', reason: 'not-permitted' };
    }
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > maxBytes) return { kind: 'unavailable', reason: 'too-large' };
      chunks.push(chunk);
    }
    return { kind: 'read', bytes: new Bytes(Buffer.concat(chunks)) };
  } catch {
    return { kind: 'unavailable', reason: 'failed' };
  }
}

async function download(api: Pick<TeamsApi, 'download'>, url: string, signal: AbortSignal): Promise<Response> {
  const result = await api.download(url, signal);
  return result.ok ? result.value : new Response(null, { status: 403 });
}
