import { within } from '../../kit/wait';
import { type Connector, isOpening, type Prompt, type PromptMessage, type StreamPart } from '../connector';
import { ALL, type Capabilities, type CapabilityMemory, same, without } from './capabilities';
import type { Refused } from './refused';
import { VendorError } from './vendor-error';

export interface AdaptiveParts {
  /** The model that answers where the prompt names none. */
  readonly model: string;
  readonly memory: CapabilityMemory;
  /** Asks once, in the way that suits a model of these capabilities. */
  ask(prompt: Prompt, capabilities: Capabilities, signal: AbortSignal): AsyncIterable<StreamPart>;
  /** What may be meant where a server refuses and does not say why: tried one by one, then all of it. */
  readonly guesses?: readonly Refused[];
}

/** How often one question is asked otherwise. What is refused is refused at once, and costs nothing. */
const MOST_TRIES = 6;
/** Milliseconds after which an answer that comes whole counts as being made: refusals come sooner. */
const MAKING_MS = 20_000;
const LIFE: IteratorResult<StreamPart> = { done: false, value: { type: 'life', isOurs: true } };
/** Milliseconds that a question waits for another one that is finding out about the same model. */
const PATIENCE_MS = 5_000;

/**
 * Asks a model as it wants to be asked. What it refuses for a known cause is left out, and asked anew; once that is
 * answered, every later question is asked so from the start. Of several questions one finds out, and the others wait
 * for it a moment. Written without a generator: it stands between every delta and the reader.
 *
 * @example
 * ```ts
 * stream: adaptive({
 *   model: models[0],
 *   memory,
 *   ask: (prompt, capabilities, signal) => answerOf(sourceOf(prompt, capabilities), signal),
 * }),
 * ```
 */
export function adaptive({ model: usual, memory, ask, guesses = [] }: AdaptiveParts): Connector['stream'] {
  return (prompt, signal, mayAskAgain) => ({
    [Symbol.asyncIterator]() {
      const model = prompt.model ?? usual;
      let capabilities = memory.of(model);
      let parts = ask(fitted(prompt, capabilities), capabilities, signal)[Symbol.asyncIterator]();
      let tries = 0;
      let guessed: readonly Capabilities[] | undefined;
      let isSaying = false;
      let coming: Promise<IteratorResult<StreamPart>> | undefined;
      let doneLeading: (() => void) | undefined;
      const release = (): void => {
        doneLeading?.();
        doneLeading = undefined;
      };

      function heard(next: IteratorResult<StreamPart>): IteratorResult<StreamPart> {
        // It may still refuse, inside its answer.
        if (isOpening(next)) return next;
        if (tries > 0) memory.learn(model, capabilities);
        release();
        isSaying = next.done === true || next.value.type !== 'life';
        return next;
      }

      /** How to ask after a refusal; undefined where there is no other way. */
      async function otherWay(error: unknown): Promise<Capabilities | undefined> {
        if (!(error instanceof VendorError) || signal.aborted || tries >= MOST_TRIES) return undefined;
        const ahead = doneLeading === undefined ? memory.learning(model) : undefined;
        if (ahead !== undefined && isRefusal(error)) {
          await within(ahead, PATIENCE_MS, undefined, signal);
          const found = memory.of(model);
          if (!same(found, capabilities)) return found;
        }
        const next = nextAfter(error);
        if (next !== undefined) doneLeading ??= memory.lead(model);
        return next;
      }

      function nextAfter(error: VendorError): Capabilities | undefined {
        if (error.category === 'context-too-long') return shorter(prompt, capabilities);
        if (error.refused !== undefined) {
          guessed = [];
          const left = without(capabilities, error.refused);
          if (left !== undefined) return left;
        }
        if (error.category !== 'bad-request') return undefined;
        if (tries === 0 && !same(capabilities, ALL)) {
          // It was learned of what the model has been.
          memory.forget(model);
          return { ...ALL, contextCharacters: capabilities.contextCharacters };
        }
        guessed ??= guessesFrom(capabilities, guesses);
        const [guess, ...others] = guessed;
        guessed = others;
        return guess;
      }

      async function begin(): Promise<IteratorResult<StreamPart>> {
        for (;;) {
          try {
            coming ??= parts.next();
            const next = await (capabilities.streaming ? coming : orLife(coming));
            if (next === LIFE) return LIFE;
            coming = undefined;
            return heard(next);
          } catch (error) {
            const next = await otherWay(error);
            const may = next !== undefined && (mayAskAgain === undefined || (await mayAskAgain()));
            if (next === undefined || !may || signal.aborted) throw error;
            tries += 1;
            coming = undefined;
            capabilities = next;
            parts = ask(fitted(prompt, capabilities), capabilities, signal)[Symbol.asyncIterator]();
          }
        }
      }

      /** Whoever waits for what this question finds out does not wait for one that is over. */
      function over(error: unknown): never {
        release();
        throw error;
      }

      return {
        next: () => (isSaying ? parts.next() : begin().catch(over)),
        async return() {
          release();
          await parts.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  });
}

function isRefusal({ category, refused }: VendorError): boolean {
  return refused !== undefined || category === 'bad-request' || category === 'context-too-long';
}

/** Each guess alone, then all of them. */
function guessesFrom(capabilities: Capabilities, guesses: readonly Refused[]): readonly Capabilities[] {
  const alone = guesses.map((guess) => without(capabilities, guess)).filter((one) => one !== undefined);
  if (alone.length < 2) return alone;
  const all = guesses.reduce((left, guess) => without(left, guess) ?? left, capabilities);
  return [...alone, all];
}

const sizeOf = (messages: readonly PromptMessage[]): number => messages.reduce((sum, { text }) => sum + text.length, 0);

/** Half of what was too much; undefined where nothing but the question went along. */
function shorter(prompt: Prompt, capabilities: Capabilities): Capabilities | undefined {
  const { messages } = fitted(prompt, capabilities);
  return messages.length < 2 ? undefined : { ...capabilities, contextCharacters: Math.floor(sizeOf(messages) / 2) };
}

/** The newest messages that the model has room for: the question, whatever its length, and what was said before. */
function fitted(prompt: Prompt, { contextCharacters }: Capabilities): Prompt {
  const { messages } = prompt;
  if (contextCharacters === undefined || sizeOf(messages) <= contextCharacters) return prompt;
  let from = messages.length - 1;
  while (from > 0 && sizeOf(messages.slice(from - 1)) <= contextCharacters) from -= 1;
  return { ...prompt, messages: messages.slice(Math.max(0, from)) };
}

/** What comes, or a sign of life in its place: an answer that comes whole shows none while it is made. */
async function orLife(coming: Promise<IteratorResult<StreamPart>>): Promise<IteratorResult<StreamPart>> {
  let timer: NodeJS.Timeout | undefined;
  const making = new Promise<IteratorResult<StreamPart>>((resolve) => {
    timer = setTimeout(resolve, MAKING_MS, LIFE);
  });
  // Whoever leaves after a sign of life does not hear how it ended.
  coming.catch(() => {});
  return Promise.race([coming, making]).finally(() => clearTimeout(timer));
}
