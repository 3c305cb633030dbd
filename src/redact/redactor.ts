import type { Utterance } from '../model/turn';
import type { Context } from './context';
import { type Counts, countKinds, type RedactionMode } from './kinds';
import { type Audience, type Redaction, redact } from './redact';
import type { Findings, Search } from './search';

/** Keeps personal data and secrets from going to a vendor. */
export interface Redactor {
  /** Searches a question with what is attached to it. Never rejects. */
  inspect(question: Utterance, tenant: string, signal: AbortSignal): Promise<Inspection>;
  /** Loads what it needs, so that the first question does not wait for it. Never rejects. */
  warm(): Promise<void>;
}

export type Inspection =
  | {
      readonly kind: 'may-go';
      /**
       * The question and its context as they may go. Undefined where the context could not be searched: then nothing
       * may. Never rejects.
       */
      redact(context: Context, place: Audience, signal: AbortSignal): Promise<Redaction | undefined>;
    }
  /** The tenant lets no question with such values go. */
  | { readonly kind: 'blocked'; readonly counts: Counts }
  /** It could not be searched: nothing of it may go. */
  | { readonly kind: 'unavailable' };

export interface RedactorParts {
  mode(tenant: string): RedactionMode;
  readonly search: Search;
}

const NOTHING_FOUND: Findings = new Map();

/**
 * By the tenant's mode values are replaced, or a question with any is not sent, or nothing is searched for; names,
 * mentions and quotes are kept back in each. What was said before cannot be written anew, so that `block` replaces
 * values in the context.
 */
export function createRedactor({ mode, search }: RedactorParts): Redactor {
  return {
    async inspect(question, tenant, signal) {
      const how = mode(tenant);
      if (how === 'off')
        return {
          kind: 'may-go',
          redact: async (context, place) => redact(question, context, NOTHING_FOUND, place),
        };
      const asked = await search.search([question.text], signal);
      if (asked.kind === 'unavailable') return asked;
      const found = asked.findings.get(question.text) ?? [];
      if (how === 'block' && found.length > 0)
        return { kind: 'blocked', counts: countKinds(found.map(({ kind }) => kind)) };
      return {
        kind: 'may-go',
        async redact(context, place, within) {
          const texts = context.messages.flatMap((message) => ('said' in message ? [message.said.text] : []));
          const around = await search.search(texts, within);
          if (around.kind === 'unavailable') return undefined;
          return redact(question, context, new Map([...around.findings, ...asked.findings]), place);
        },
      };
    },
    warm: () => search.warm(),
  };
}
