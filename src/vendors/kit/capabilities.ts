import { RecentMap } from '../../kit/recent-map';
import type { Refused } from './refused';

/** What a model takes. A refusal teaches it. */
export interface Capabilities {
  /** Instructions apart from the turns. Without them they stand before the first question. */
  readonly systemRole: boolean;
  readonly streaming: boolean;
  readonly streamOptions: boolean;
  readonly safetyIdentifier: boolean;
  /** The name by which it wants to be told how long an answer may be. */
  readonly lengthLimit: 'max_tokens' | 'max_completion_tokens' | undefined;
  /** Characters of all messages that are sent at most; undefined while none were too many. */
  readonly contextCharacters: number | undefined;
}

export const ALL: Capabilities = {
  systemRole: true,
  streaming: true,
  streamOptions: true,
  safetyIdentifier: true,
  lengthLimit: undefined,
  contextCharacters: undefined,
};

/** Tokens of an answer, for models that want to be told; more than answers have. */
export const LENGTH_LIMIT_TOKENS = 4_096;

const WITHOUT: Readonly<Record<Refused, Partial<Capabilities>>> = {
  'system-role': { systemRole: false },
  streaming: { streaming: false, streamOptions: false },
  'stream-options': { streamOptions: false },
  'safety-identifier': { safetyIdentifier: false },
  'max-tokens': { lengthLimit: 'max_tokens' },
  'max-completion-tokens': { lengthLimit: 'max_completion_tokens' },
  store: {},
};

/** What is left without what was refused; undefined where it was not in the request. */
export function without(capabilities: Capabilities, refused: Refused): Capabilities | undefined {
  const left = { ...capabilities, ...WITHOUT[refused] };
  return same(left, capabilities) ? undefined : left;
}

/** Codes of what a model does not take, for the operator. */
export function codesOf(capabilities: Capabilities): readonly string[] {
  const { systemRole, streaming, streamOptions, safetyIdentifier, lengthLimit, contextCharacters } = capabilities;
  return [
    ...(systemRole ? [] : ['no-system-role']),
    ...(streaming ? [] : ['no-streaming']),
    ...(streamOptions || !streaming ? [] : ['no-stream-options']),
    ...(safetyIdentifier ? [] : ['no-safety-identifier']),
    ...(lengthLimit === undefined ? [] : [`wants-${lengthLimit.replaceAll('_', '-')}`]),
    ...(contextCharacters === undefined ? [] : ['short-context']),
  ];
}

export function same(one: Capabilities, other: Capabilities): boolean {
  return (Object.keys(ALL) as (keyof Capabilities)[]).every((key) => one[key] === other[key]);
}

/** Told by code of what was learned of a route's models, and of what is no longer believed. */
export interface LearningListener {
  onLearned(code: string): void;
  onForgotten(code: string): void;
}

/** What is known of the models of one route, in memory alone. */
export interface CapabilityMemory {
  of(model: string): Capabilities;
  learn(model: string, capabilities: Capabilities): void;
  /** The model is not what it was taken for. */
  forget(model: string): void;
  /** Another question is finding out about the model: resolves when it has; undefined where none is. */
  learning(model: string): Promise<void> | undefined;
  /** Finds out about the model from now on, until the function that it gives is called. */
  lead(model: string): () => void;
}

/** Milliseconds for which something is believed: models and servers are exchanged for others. */
const BELIEVED_MS = 6 * 3_600_000;
/** Models of one route; the settings name fewer. */
const MODELS = 100;

export function createCapabilityMemory(
  listener?: LearningListener,
  now: () => number = () => performance.now(),
): CapabilityMemory {
  const known = new RecentMap<string, { readonly capabilities: Capabilities; readonly until: number }>(MODELS);
  const leads = new Map<string, Promise<void>>();

  const believed = (model: string): Capabilities => {
    const one = known.get(model);
    return one === undefined || now() >= one.until ? ALL : one.capabilities;
  };

  return {
    of: believed,
    learn(model, capabilities) {
      const before = believed(model);
      if (same(before, capabilities)) return;
      known.set(model, { capabilities, until: now() + BELIEVED_MS });
      const had = codesOf(before);
      for (const code of codesOf(capabilities)) if (!had.includes(code)) listener?.onLearned(code);
    },
    forget(model) {
      for (const code of codesOf(believed(model))) listener?.onForgotten(code);
      known.delete(model);
    },
    learning: (model) => leads.get(model),
    lead(model) {
      const { promise, resolve } = Promise.withResolvers<void>();
      leads.set(model, promise);
      return () => {
        if (leads.get(model) === promise) leads.delete(model);
        resolve();
      };
    },
  };
}
