import { openText, sealText } from '../../src/model/text';
import type { Connector, Prompt, PromptMessage, StreamPart } from '../../src/vendors/connector';
import { VendorError } from '../../src/vendors/kit/vendor-error';
import { createPreviewConnector } from '../../src/vendors/preview/connector';

export function promptOf(question: string, more: Partial<Prompt> = {}): Prompt {
  return {
    instructions: sealText('Answer briefly.'),
    messages: [{ role: 'user', text: sealText(question) }],
    safetyId: 'p_0123456789abcdef',
    ...more,
  };
}

export function messageOf(role: PromptMessage['role'], words: string): PromptMessage {
  return { role, text: sealText(words) };
}

/** The words of a delta; nothing for any other part. */
export function wordsIn(part: StreamPart | undefined): string | undefined {
  return part?.type === 'delta' ? openText(part.text) : undefined;
}

/** What came out of a stream, and how it ended. */
export interface Heard {
  readonly words: string;
  readonly deltas: readonly string[];
  readonly finish: Extract<StreamPart, { type: 'finish' }> | undefined;
  readonly error: unknown;
}

/** Listens to a whole stream. Never rejects. */
export async function listen(
  connector: Connector,
  prompt: Prompt,
  signal: AbortSignal,
  { onDelta }: { readonly onDelta?: () => void } = {},
): Promise<Heard> {
  const deltas: string[] = [];
  let finish: Heard['finish'];
  try {
    for await (const part of connector.stream(prompt, signal)) {
      if (part.type === 'finish') finish = part;
      else if (part.type === 'delta') {
        deltas.push(openText(part.text));
        onDelta?.();
      }
    }
  } catch (error) {
    return { words: deltas.join(''), deltas, finish, error };
  }
  return { words: deltas.join(''), deltas, finish, error: undefined };
}

const { route } = createPreviewConnector();

/** A vendor whose attempts go by the scripts, one after the other: parts, silences in ms, and at last an error. */
export function scriptedVendor(...attempts: readonly (readonly (StreamPart | number | VendorError)[])[]) {
  const state = { attempts: 0, aborted: 0 };
  const connector: Connector = {
    route,
    async *stream(_prompt, signal) {
      const steps = attempts[Math.min(state.attempts, attempts.length - 1)] ?? [];
      state.attempts += 1;
      for (const step of steps) {
        if (step instanceof VendorError) throw step;
        if (typeof step !== 'number') yield step;
        else
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, step);
            signal.addEventListener('abort', () => {
              clearTimeout(timer);
              resolve();
            });
          });
        if (signal.aborted) {
          state.aborted += 1;
          throw new VendorError('cancelled');
        }
      }
    },
  };
  return { connector, state };
}
