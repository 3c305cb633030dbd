import type { ServerResponse } from 'node:http';
import { type Answer, type Args, fail, word } from './args';

export interface FakeFile {
  readonly name: string;
  readonly mimetype: string;
  readonly bytes: Buffer;
}

export type Files = ReturnType<typeof createFiles>;

/** Files that people shared: "File object" and "files.info", docs.slack.dev. */
export function createFiles() {
  const files = new Map<string, FakeFile>();
  let origin = '';

  const objectOf = (id: string, { name, mimetype, bytes }: FakeFile): Record<string, unknown> => ({
    id,
    name,
    title: name,
    mimetype,
    filetype: mimetype.split('/')[1],
    size: bytes.length,
    mode: 'hosted',
    is_external: false,
    url_private: `${origin}/files-pri/${id}/${encodeURIComponent(name)}`,
    url_private_download: `${origin}/files-pri/${id}/download/${encodeURIComponent(name)}`,
  });

  return {
    /** Where the fake listens. */
    at(where: string): void {
      origin = where;
    },
    /** Somebody uploads a file; its id goes with `say`. */
    upload(file: FakeFile): string {
      const id = `F${files.size + 1}`;
      files.set(id, file);
      return id;
    },
    remove: (id: string): void => void files.delete(id),
    /** As they stand in a message. A deleted one leaves a tombstone. */
    objects: (ids: readonly string[]): readonly Record<string, unknown>[] =>
      ids.map((id) => {
        const file = files.get(id);
        return file === undefined ? { id, mode: 'tombstone' } : objectOf(id, file);
      }),
    info(args: Args): Answer {
      const id = word(args.file);
      const file = files.get(id);
      return file === undefined ? fail('file_not_found') : { ok: true, file: objectOf(id, file), comments: [] };
    },
    /** The address of a file's bytes. Without the right token there is the page for signing in. */
    download(path: string, isAllowed: boolean, response: ServerResponse): void {
      const file = files.get(path.split('/')[2] ?? '');
      if (!isAllowed) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>Sign in');
      else if (file === undefined) response.writeHead(404).end();
      else
        response.writeHead(200, { 'content-type': file.mimetype, 'content-length': file.bytes.length }).end(file.bytes);
    },
  };
}
