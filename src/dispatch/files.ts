import { within } from '../kit/wait';
import type { FileReading, TurnSurface } from '../model/adapter';
import { type Bytes, openBytes } from '../model/bytes';
import type { Image, ImageType } from '../model/image';
import type { Problem } from '../model/problem';
import { openText, sealText } from '../model/text';
import type { AttachedFile, Turn, Utterance } from '../model/turn';
import type { PromptMessage } from '../vendors/connector';
import { decodeText } from './decode-text';

export interface FileLimits {
  /** Files of one question. */
  readonly files: number;
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** UTF-16 code units of all text files together. */
  readonly fileCharacters: number;
  /** Milliseconds in which a file must have come whole, however slowly it trickles. Defaults to half a minute. */
  readonly fileMs?: number;
}

export interface FilesRequest {
  readonly turn: Turn;
  readonly surface: Pick<TurnSurface, 'readFile'>;
  /** The pictures that the vendor takes. */
  readonly imageTypes: readonly ImageType[];
  readonly limits: FileLimits;
  readonly signal: AbortSignal;
}

/** The question with the words of its text files, and its pictures. */
export type WithFiles =
  | { readonly kind: 'read'; readonly question: Utterance; readonly images: readonly Image[] }
  /** Nothing is sent, and the asker is told why. */
  | { readonly kind: 'refused'; readonly problem: Problem };

const FILE_MS = 30_000;

const PROBLEMS = {
  'not-permitted': 'file-unreadable',
  failed: 'file-unreadable',
  'too-large': 'file-too-large',
  late: 'file-late',
} as const satisfies Record<string, Problem>;

/**
 * Reads what came with a question, one file after the other, into memory alone. Text files become part of the
 * question, and are redacted with it; their names are left out. A question with a file that cannot go along is
 * refused: half a question gets a wrong answer.
 */
export async function readFiles({ turn, surface, imageTypes, limits, signal }: FilesRequest): Promise<WithFiles> {
  const { question, files } = turn;
  if (files.length === 0) return { kind: 'read', question, images: [] };
  const problem = problemBefore(files, imageTypes, limits);
  if (problem !== undefined) return { kind: 'refused', problem };

  const images: Image[] = [];
  const texts: string[] = [];
  for (const file of files) {
    const reading = await readInTime(surface, file, limits, signal);
    if (reading.kind === 'unavailable') return { kind: 'refused', problem: PROBLEMS[reading.reason] };
    const type = imageTypeOf(reading.bytes);
    const words = type === undefined ? await decodeText(openBytes(reading.bytes)) : undefined;
    if (type !== undefined && imageTypes.includes(type)) images.push({ type, bytes: reading.bytes });
    else if (words !== undefined) texts.push(words);
    else return { kind: 'refused', problem: type === undefined ? 'file-kind' : 'file-no-pictures' };
  }
  if (texts.reduce((sum, words) => sum + words.length, 0) > limits.fileCharacters)
    return { kind: 'refused', problem: 'file-too-large' };
  const text = sealText([openText(question.text), ...texts.map(asPart)].join('\n\n'));
  return { kind: 'read', question: { ...question, text }, images };
}

/** The platform is told to give up, and not waited for if it does not. */
function readInTime(
  surface: FilesRequest['surface'],
  file: AttachedFile,
  { fileBytes, fileMs = FILE_MS }: FileLimits,
  signal: AbortSignal,
): Promise<FileReading> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(fileMs)]);
  const late: FileReading = { kind: 'unavailable', reason: 'late' };
  return within(surface.readFile(file, fileBytes, deadline), fileMs, late, deadline);
}

/** What is known to be wrong before anything is read. */
function problemBefore(
  files: readonly AttachedFile[],
  imageTypes: readonly ImageType[],
  limits: FileLimits,
): Problem | undefined {
  if (files.length > limits.files) return 'file-too-many';
  if (files.some(({ size }) => size > limits.fileBytes)) return 'file-too-large';
  const isImage = ({ mediaType }: AttachedFile): boolean => mediaType.startsWith('image/');
  if (files.some((file) => !isImage(file) && !TEXT_TYPES.test(file.mediaType))) return 'file-kind';
  return files.some(isImage) && imageTypes.length === 0 ? 'file-no-pictures' : undefined;
}

/** Source: "Media Types", iana.org/assignments/media-types. */
const TEXT_TYPES =
  /^(text\/.+|application\/(json|ld\+json|x-ndjson|xml|.+\+xml|yaml|x-yaml|toml|javascript|x-javascript|typescript|sql|x-sh|x-httpd-php))\b/iu;

/** By the first bytes: what a platform calls a file is not always what it is. */
function imageTypeOf(file: Bytes): ImageType | undefined {
  const start = Buffer.from(openBytes(file).subarray(0, 12)).toString('latin1');
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'image/gif';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'image/webp' : undefined;
}

/** A fence that is longer than any inside, so that the file stands apart from the question. */
function asPart(words: string, index: number): string {
  const longest = Math.max(2, ...[...words.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `[file ${index + 1}]\n${fence}\n${words.replace(/\n+$/u, '')}\n${fence}`;
}

/** Puts the question's pictures beside its words: the question is the last message. */
export function withImages(messages: readonly PromptMessage[], images: readonly Image[]): readonly PromptMessage[] {
  if (images.length === 0) return messages;
  return messages.map((message, index) => (index === messages.length - 1 ? { ...message, images } : message));
}
