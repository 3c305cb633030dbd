import { readFiles, withImages } from '../../src/dispatch/files';
import type { FileReading } from '../../src/model/adapter';
import { Bytes } from '../../src/model/bytes';
import { IMAGE_TYPES, type Image } from '../../src/model/image';
import { openText, sealText } from '../../src/model/text';
import type { AttachedFile } from '../../src/model/turn';
import { aTurn } from '../support/turns';

const PNG = Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1');
const WEBP = Buffer.from('RIFF0000WEBPVP8 ', 'latin1');
const limits = { files: 3, fileBytes: 1_000, fileCharacters: 500 };
const fileOf = (mediaType: string, size = 10): AttachedFile => ({ id: `F${mediaType}`, mediaType, size });

function read(
  files: readonly AttachedFile[],
  bytes: readonly (Buffer | Exclude<FileReading, { kind: 'read' }>['reason'])[],
  imageTypes: readonly (typeof IMAGE_TYPES)[number][] = IMAGE_TYPES,
) {
  const left = [...bytes];
  const asked: string[] = [];
  const surface = {
    readFile: async ({ id }: AttachedFile): Promise<FileReading> => {
      asked.push(id);
      const next = left.shift() ?? 'failed';
      return typeof next === 'string'
        ? { kind: 'unavailable', reason: next }
        : { kind: 'read', bytes: new Bytes(next) };
    },
  };
  const turn = aTurn({ question: 'What is it?', files });
  const result = readFiles({ turn, surface, imageTypes, limits, signal: new AbortController().signal });
  return result.then((one) => ({
    asked,
    problem: one.kind === 'refused' ? one.problem : undefined,
    words: one.kind === 'read' ? openText(one.question.text) : undefined,
    images: one.kind === 'read' ? one.images.map((image) => [image.type, image.bytes.size]) : undefined,
    unchanged: one.kind === 'read' && one.question === turn.question,
  }));
}

describe('what came with a question', () => {
  it.each(['heeds', 'ignores'] as const)(
    'is not waited for longer than its time, where the platform %s the signal',
    async (how) => {
      let gaveUp = false;
      const surface = {
        readFile: (_file: AttachedFile, _most: number, signal: AbortSignal): Promise<FileReading> =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              gaveUp = true;
              if (how === 'heeds') resolve({ kind: 'unavailable', reason: 'failed' });
            });
          }),
      };
      const turn = aTurn({ question: 'What is it?', files: [fileOf('text/plain')] });
      const { signal } = new AbortController();
      const read = await readFiles({
        turn,
        surface,
        imageTypes: IMAGE_TYPES,
        limits: { ...limits, fileMs: 1 },
        signal,
      });
      expect(read).toEqual({ kind: 'refused', problem: 'file-late' });
      expect(gaveUp).toBe(true);
    },
  );

  it('is nothing for most, and nothing is read', async () => {
    expect(await read([], [])).toEqual({
      asked: [],
      problem: undefined,
      words: 'What is it?',
      images: [],
      unchanged: true,
    });
  });

  it('goes along: pictures as what they are, text files as part of the question, without their names', async () => {
    const files = [fileOf('image/png'), fileOf('text/csv'), fileOf('application/json')];
    const result = await read(files, [PNG, Buffer.from('a,b\n1,2\n'), Buffer.from('{"k":"```"}')]);
    expect(result.images).toEqual([['image/png', PNG.length]]);
    expect(result.words).toBe('What is it?\n\n[file 1]\n```\na,b\n1,2\n```\n\n[file 2]\n````\n{"k":"```"}\n````');
  });

  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from('日本語'), '日本語'],
    ['UTF-8 with a mark', Buffer.from('\ufeff日本語'), '日本語'],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('日本語', 'utf16le')]), '日本語'],
    [
      'UTF-16 with the high byte first',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('日本語', 'utf16le').swap16()]),
      '日本語',
    ],
    ['Shift_JIS', Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea]), '日本語'],
    ['EUC-JP', Buffer.from([0xc6, 0xfc, 0xcb, 0xdc, 0xb8, 0xec]), '日本語'],
    ['ISO-2022-JP', Buffer.from('\u001b$BF|K\\8l\u001b(B', 'latin1'), '日本語'],
  ])('is read in %s', async (_name, bytes, words) => {
    expect((await read([fileOf('text/plain')], [bytes])).words).toContain(`\n${words}\n`);
  });

  it('is known by its first bytes, not by what it is called', async () => {
    expect((await read([fileOf('image/png')], [WEBP])).images).toEqual([['image/webp', WEBP.length]]);
    expect((await read([fileOf('text/plain')], [PNG])).images).toEqual([['image/png', PNG.length]]);
    expect((await read([fileOf('image/png')], [Buffer.from([0x00, 0x81])])).problem).toBe('file-kind');
  });

  it.each([
    ['image/png', '\x89PNG\r\n\x1a\n0000'],
    ['image/jpeg', '\xff\xd8\xff\xe000000000'],
    ['image/gif', 'GIF87a000000'],
    ['image/gif', 'GIF89a000000'],
    ['image/webp', 'RIFF0000WEBPVP8 '],
  ])('is a picture where it begins as one: %s, %j', async (type, start) => {
    const bytes = Buffer.from(start, 'latin1');
    expect((await read([fileOf('image/png')], [bytes])).images).toEqual([[type, bytes.length]]);
  });

  it.each(['000000GIF87a', '000000GIF89a', 'RIFF0000WAVEfmt ', '00000000WEBP', '0000\x89PNG\r\n\x1a\n'])(
    'is no picture where it only looks like one elsewhere: %j',
    async (start) => {
      expect((await read([fileOf('image/png')], [Buffer.from(start, 'latin1')])).images ?? []).toEqual([]);
    },
  );

  it.each<[string, readonly number[]]>([
    ['half a mark of UTF-16, the first', [0xff, 0x41]],
    ['half a mark of UTF-16, the second', [0x41, 0xfe]],
    ['half a mark of UTF-16 with the high byte first', [0xfe, 0x41]],
    ['half of that mark, the second', [0x41, 0xff]],
    ['a sign of no encoding', [0x41, 0x80, 0xff]],
  ])('is no text with %s', async (_name, bytes) => {
    expect((await read([fileOf('text/plain')], [Buffer.from(bytes)])).problem).toBe('file-kind');
  });

  it('goes along without the blank lines at its end', async () => {
    const { words } = await read([fileOf('text/plain')], [Buffer.from('\n a\n\nb\n\n\n')]);
    expect(words).toBe('What is it?\n\n[file 1]\n```\n\n a\n\nb\n```');
  });

  it.each(['text/x-python', 'application/json; charset=utf-8', 'application/atom+xml', 'application/x-httpd-php'])(
    'is text by its kind: %s',
    async (mediaType) => {
      expect((await read([fileOf(mediaType)], [Buffer.from('a')])).words).toContain('\na\n');
    },
  );

  it.each(['multipart/related; type=text/html', 'application/jsonp', 'application/vnd.ms-excel', 'text/'])(
    'is none by its kind: %s',
    async (mediaType) => {
      expect(await read([fileOf(mediaType)], [])).toMatchObject({ problem: 'file-kind', asked: [] });
    },
  );

  it('may be as large as the limit, as may all text of it together', async () => {
    const half = Buffer.from('x'.repeat(250));
    const { problem } = await read([fileOf('text/plain', 1_000), fileOf('text/x-log')], [half, half]);
    expect(problem).toBeUndefined();
  });

  it('is refused where one of several is too large, or a picture that the vendor does not take', async () => {
    const text = fileOf('text/plain');
    expect(await read([text, fileOf('text/plain', 1_001)], [])).toMatchObject({ problem: 'file-too-large', asked: [] });
    expect(await read([text, fileOf('image/png')], [], [])).toMatchObject({ problem: 'file-no-pictures', asked: [] });
  });

  it.each<[string, readonly AttachedFile[], string]>([
    ['too many', [1, 2, 3, 4].map(() => fileOf('text/plain')), 'file-too-many'],
    ['too large', [fileOf('text/plain', 1_001)], 'file-too-large'],
    ['of another kind', [fileOf('text/plain'), fileOf('application/pdf')], 'file-kind'],
    ['of a kind that is not told', [fileOf('application/octet-stream')], 'file-kind'],
  ])('is refused before anything is read where it is %s', async (_name, files, problem) => {
    expect(await read(files, [])).toMatchObject({ problem, asked: [] });
  });

  it('is refused where the vendor takes no pictures, or not this kind', async () => {
    expect(await read([fileOf('image/png')], [], [])).toMatchObject({ problem: 'file-no-pictures', asked: [] });
    const gif = Buffer.from('GIF89a000000');
    expect(await read([fileOf('image/gif')], [gif], ['image/png'])).toMatchObject({ problem: 'file-no-pictures' });
  });

  it.each([
    ['not-permitted', 'file-unreadable'],
    ['failed', 'file-unreadable'],
    ['too-large', 'file-too-large'],
  ] as const)('is refused where the platform says %s', async (reason, problem) => {
    expect(await read([fileOf('text/plain'), fileOf('text/plain')], [reason])).toMatchObject({
      problem,
      asked: ['Ftext/plain'],
    });
  });

  it('is refused where all text files together are too long', async () => {
    const half = Buffer.from('x'.repeat(251));
    expect(await read([fileOf('text/plain'), fileOf('text/x-log')], [half, half])).toMatchObject({
      problem: 'file-too-large',
    });
  });

  it('stands beside the question alone, which is the last message', async () => {
    const image: Image = { type: 'image/png', bytes: new Bytes(PNG) };
    const messages = [
      { role: 'user' as const, text: sealText('before') },
      { role: 'user' as const, text: sealText('now') },
    ];
    expect(withImages(messages, [image]).map(({ images }) => images?.length)).toEqual([undefined, 1]);
    expect(withImages(messages, [])).toBe(messages);
  });
});

it('a file prints as nothing of what is in it', () => {
  const bytes = new Bytes(Buffer.from('canary'));
  expect(`${String(bytes)} ${JSON.stringify({ bytes })}`).toBe('[file] {"bytes":"[file]"}');
  expect(require('node:util').inspect({ bytes }, { depth: 9, showHidden: true })).not.toContain('99');
});
