/** What of a request a model does not take, where it can be asked without it. */
export const REFUSED = [
  /** Instructions apart from the question, or sides that do not take turns: the instructions stand before the first. */
  'system-role',
  'streaming',
  'stream-options',
  'safety-identifier',
  /** It wants to be told how long the answer may be, by the one name or by the other. */
  'max-tokens',
  'max-completion-tokens',
  /** The wish that nothing is stored. It is not left out: another vendor is asked, where there is one. */
  'store',
] as const;
export type Refused = (typeof REFUSED)[number];

/** What a refusal says of its cause. Its words are looked at, and never told: they can echo the prompt. */
export interface RefusalSaid {
  /** Names of the parameters that it is about. */
  readonly params: readonly string[];
  readonly words: string;
}

const BY_PARAM: readonly (readonly [RegExp, Refused])[] = [
  [/^stream_options\b/u, 'stream-options'],
  [/^stream$/u, 'streaming'],
  [/^safety_identifier$/u, 'safety-identifier'],
  [/^store$/u, 'store'],
  [/^(?:messages\W*\d+\W*role|instructions|system|system_instruction|systemInstruction)\b/u, 'system-role'],
];

/**
 * The words of OpenAI, Azure, Amazon, Google, vLLM, llama.cpp, LM Studio, TGI, and of the templates of Gemma, Mistral
 * and Llama that such servers hand on: "System role not supported", "Only user and assistant roles are supported!",
 * "Conversation roles must alternate user/assistant/…", "This model doesn't support system messages", "Developer
 * instruction is not enabled for …", "The model is unsupported for streaming", "Your organization must be verified to
 * stream this model". The first that fits.
 */
const BY_WORDS: readonly (readonly [RegExp, Refused])[] = [
  [/stream_options|include_usage/iu, 'stream-options'],
  [/safety_identifier/iu, 'safety-identifier'],
  [/(?:parameter|argument|field|input|name)s?\b.{0,30}\bstore\b/iu, 'store'],
  ...near('(?:system|developer) (?:role|message|prompt|instruction)s?', 'system-role'),
  [/\brole\b.{0,80}\b(?:system|developer)\b|\b(?:system|developer)\b.{0,80}\brole\b/iu, 'system-role'],
  [/\bonly (?:the )?'?user'?\b.{0,60}\broles?\b/iu, 'system-role'],
  [/\broles? (?:must|should) (?:alternate|be)\b|must alternate\b/iu, 'system-role'],
  [/\b(?:must|should)\b.{0,30}\b(?:start|begin)\w*\b.{0,40}\buser\b/iu, 'system-role'],
  [/\bfirst (?:message|turn|role|content)\b.{0,60}\buser\b/iu, 'system-role'],
  ...near('stream(?:ing|ed)?', 'streaming'),
];

/** A word with a no near it, in front or behind. */
function near(word: string, refused: Refused): readonly (readonly [RegExp, Refused])[] {
  const no = String.raw`(?:\b(?:not|unsupported|disabled|unavailable|without|no|only|verified|unrecognized|unknown|unexpected)\b|n.t\b)`;
  return [
    [new RegExp(String.raw`\b${word}\b.{0,60}${no}`, 'iu'), refused],
    [new RegExp(String.raw`${no}.{0,60}\b${word}\b`, 'iu'), refused],
  ];
}

/** Names that are refused where they are sent, and wanted where they are not: dejiren sends neither unless it learned to. */
const WANTED = /max_(?:completion_)?tokens?\b.{0,60}(?:required|missing|must be (?:set|specified|provided))/iu;
const WANTED_BEFORE = /(?:required|missing|must (?:set|specify|provide))\b.{0,60}max_(?:completion_)?tokens?\b/iu;

/** What a refusal is about; undefined where it is about nothing that could be asked otherwise. */
export function refusedIn({ params, words }: RefusalSaid): Refused | undefined {
  const limit = limitIn({ params, words });
  if (limit !== undefined) return limit;
  for (const param of params) {
    const byParam = BY_PARAM.find(([named]) => named.test(param));
    if (byParam !== undefined) return byParam[1];
  }
  return BY_WORDS.find(([said]) => said.test(words))?.[1];
}

function limitIn({ params, words }: RefusalSaid): Refused | undefined {
  // "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
  if (/'?max_completion_tokens'? instead/iu.test(words)) return 'max-completion-tokens';
  if (/'?max_tokens'? instead/iu.test(words)) return 'max-tokens';
  const named = params.find((param) => /^(?:body\W)?max_(?:completion_)?tokens$/u.test(param)) ?? words;
  const isWanted =
    WANTED.test(words) || WANTED_BEFORE.test(words) || (named !== words && /required|missing/iu.test(words));
  if (!isWanted) return undefined;
  return named.includes('max_completion_tokens') ? 'max-completion-tokens' : 'max-tokens';
}
