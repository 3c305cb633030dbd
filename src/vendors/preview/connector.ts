import { pause } from '../../kit/wait';
import { IMAGE_TYPES } from '../../model/image';
import { openText, sealText } from '../../model/text';
import type { Connector, Prompt, Route } from '../connector';
import { VendorError } from '../kit/vendor-error';

/** Milliseconds between two pieces: slow enough to be seen streaming, and to be stopped. */
const PACE_MS = 25;
const PIECE_CHARACTERS = 24;
/** A long prompt comes in larger pieces, so that it is whole within a few seconds. */
const MOST_PIECES = 100;

export const PREVIEW_ROUTE = {
  vendor: 'preview',
  endpoint: 'none',
  region: 'this-machine',
  model: 'none',
  sharesForTraining: false,
} as const satisfies Route;

/** Sends nothing anywhere: answers with exactly what a vendor would have been sent, field by field. */
export function createPreviewConnector(options: { readonly paceMs?: number } = {}): Connector {
  const paceMs = options.paceMs ?? PACE_MS;
  return {
    route: PREVIEW_ROUTE,
    showsPrompt: true,
    imageTypes: IMAGE_TYPES,
    async *stream(prompt, signal) {
      try {
        signal.throwIfAborted();
        for (const piece of piecesOf(describe(prompt))) {
          yield { type: 'delta', text: sealText(piece) };
          await pause(paceMs, signal);
          signal.throwIfAborted();
        }
      } catch {
        throw new VendorError('cancelled');
      }
      yield { type: 'finish', reason: 'complete' };
    },
  };
}

function describe({ instructions, messages, safetyId }: Prompt): string {
  const field = (name: string, value: string): string => `**${name}**\n${fenced(value)}`;
  return [
    'Nothing left dejiren. A vendor would have been sent exactly this:',
    'どこにも送信していません。ベンダーに送信される内容は次のとおりです。',
    field('instructions', openText(instructions)),
    ...messages.flatMap(({ role, text, images = [] }, index) => [
      ...images.map(({ type, bytes }) => field(`input[${index}] · ${role} · image`, `${type}, ${bytes.size} bytes`)),
      field(`input[${index}] · ${role}`, openText(text)),
    ]),
    field('safety_identifier', safetyId),
    field('store', 'false'),
  ].join('\n\n');
}

/** A fence that is longer than any inside, so that the words come out as they are. */
function fenced(words: string): string {
  const longest = Math.max(2, ...[...words.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${words}\n${fence}`;
}

function* piecesOf(words: string): Generator<string> {
  const characters = [...words];
  const size = Math.max(PIECE_CHARACTERS, Math.ceil(characters.length / MOST_PIECES));
  for (let at = 0; at < characters.length; at += size) yield characters.slice(at, at + size).join('');
}
