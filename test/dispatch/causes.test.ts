import { createInFlight } from '../../src/dispatch/in-flight';
import { PROBLEM_OF_DENIAL, PROBLEM_OF_VENDOR_ERROR } from '../../src/dispatch/problems';
import { speak } from '../../src/dispatch/speak';
import { sentenceOfEnding } from '../../src/language/ending';
import { sentencesFor } from '../../src/language/sentences';
import { MARKDOWN } from '../../src/model/dialect';
import type { Problem } from '../../src/model/problem';
import { type ReplyEnding, withoutWords } from '../../src/model/reply';
import { createMessagesReader } from '../../src/vendors/anthropic/answer';
import { createConverseReader } from '../../src/vendors/bedrock/answer';
import { type AnswerReader, answerOf } from '../../src/vendors/kit/answer';
import { createChatReader } from '../../src/vendors/kit/openai/chat';
import { createResponsesReader } from '../../src/vendors/kit/openai/responses';
import { VendorError, type VendorErrorCategory } from '../../src/vendors/kit/vendor-error';
import type { WireEvent } from '../../src/vendors/kit/wire-events';
import { createVertexReader } from '../../src/vendors/vertex-ai/answer';
import { quietLog } from '../support/consent';
import { aTurn } from '../support/turns';

/** What people are told where a vendor fails, by every cause that dejiren knows. */
const TOLD: Readonly<Record<Exclude<VendorErrorCategory, 'unknown'>, Problem>> = {
  cancelled: 'vendor-network',
  timeout: 'vendor-timeout',
  network: 'vendor-network',
  truncated: 'vendor-network',
  'rate-limited': 'vendor-rate-limited',
  quota: 'vendor-quota',
  overloaded: 'vendor-overloaded',
  auth: 'vendor-auth',
  configuration: 'vendor-configuration',
  residency: 'vendor-residency',
  'context-too-long': 'context-too-long',
  'blocked-input': 'blocked-input',
  'blocked-output': 'blocked-output',
  'bad-request': 'vendor-refused',
  protocol: 'vendor-unreadable',
  'unknown-ending': 'vendor-ended',
};
const KNOWN = Object.entries(TOLD) as [keyof typeof TOLD, Problem][];

/** The words by which vendors end an answer, and how that is told. */
type Reasons = readonly (readonly [reason: string, told: 'complete' | 'cut' | 'retracted' | Problem])[];

async function endingOf<Event>(reader: AnswerReader<Event>, ...events: readonly Event[]): Promise<ReplyEnding> {
  async function* sent(): AsyncGenerator<Event> {
    yield* events;
  }
  const { ending } = await speak({
    deltas: answerOf(
      {
        open: async () => ({ events: sent(), requestId: undefined }),
        reader,
        errorOf: (error) => (error instanceof VendorError ? error : new VendorError('unknown')),
      },
      new AbortController().signal,
    ),
    restorer: undefined,
    reply: { write() {} },
    dialect: MARKDOWN,
    flight: createInFlight().take(aTurn()),
    onBegun() {},
    question: aTurn().question.text,
    limits: { answerCharacters: 1_000, links: 'visible', linkHosts: [] },
    log: quietLog,
  });
  return ending;
}

const codeOf = (ending: ReplyEnding): string => ('problem' in ending ? ending.problem : ending.kind);
const value = (content: unknown): WireEvent => ({ kind: 'value', name: '', value: content });

describe('the reason for which an answer is not whole', () => {
  it.each(KNOWN)('is told as what it is: a vendor’s %s', async (category, problem) => {
    expect(PROBLEM_OF_VENDOR_ERROR[category]).toBe(problem);
  });

  it('is told with an error id where nobody knows it, and there alone', async () => {
    expect(PROBLEM_OF_VENDOR_ERROR.unknown).toBe('unknown');
    const told = [...Object.values(TOLD), ...Object.values(PROBLEM_OF_DENIAL)];
    expect(told).not.toContain('unknown');
    for (const language of ['en', 'ja'] as const) {
      const { problem } = sentencesFor(language);
      expect(problem('unknown', { errorId: 'k7f3qm' })).toContain('k7f3qm');
      for (const one of told) expect(problem(one, { errorId: 'k7f3qm' })).not.toContain('k7f3qm');
    }
  });

  it('has a sentence of its own', () => {
    const told: readonly Problem[] = [
      ...new Set<Problem>([...Object.values(TOLD), ...Object.values(PROBLEM_OF_DENIAL), 'unknown']),
      ...(['person-limit', 'tenant-limit', 'overloaded-here', 'question-too-long', 'empty-answer'] as const),
      ...(['empty-at-limit', 'not-shown', 'redaction-blocked', 'redaction-unavailable'] as const),
      ...([
        'file-kind',
        'file-no-pictures',
        'file-too-large',
        'file-too-many',
        'file-unreadable',
        'file-late',
      ] as const),
    ];
    for (const language of ['en', 'ja'] as const) {
      const { problem } = sentencesFor(language);
      expect(new Set(told.map((one) => problem(one))).size).toBe(told.length);
    }
  });

  it('is told as well where not one word came', () => {
    expect(withoutWords({ kind: 'complete' })).toEqual({ kind: 'failed', problem: 'empty-answer' });
    expect(withoutWords({ kind: 'cut' })).toEqual({ kind: 'failed', problem: 'empty-at-limit' });
    for (const kind of ['stopped', 'withdrawn', 'retracted', 'interrupted'] as const)
      expect(withoutWords({ kind })).toEqual({ kind });
    const sentences = sentencesFor('en');
    expect(sentenceOfEnding(withoutWords({ kind: 'complete' }), sentences)).toBe(sentences.problem('empty-answer'));
  });
});

describe('every word by which a vendor ends an answer is told as what it is', () => {
  const chat: Reasons = [
    ['stop', 'complete'],
    ['length', 'cut'],
    ['max_tokens', 'cut'],
    ['content_filter', 'retracted'],
    ['refusal', 'retracted'],
    ['guardrail_intervened', 'retracted'],
    ['model_context_window_exceeded', 'context-too-long'],
    ['insufficient_system_resource', 'vendor-overloaded'],
    ['network_error', 'vendor-network'],
    ['error', 'vendor-overloaded'],
  ];
  it.each(chat)('in Chat Completions: %s', async (reason, told) => {
    const ending = await endingOf(
      createChatReader(),
      value({ choices: [{ delta: { content: 'Words.' } }] }),
      value({ choices: [{ delta: {}, finish_reason: reason }] }),
    );
    expect(codeOf(ending)).toBe(told);
  });

  const responses: Reasons = [
    ['max_output_tokens', 'cut'],
    ['content_filter', 'retracted'],
  ];
  it.each(responses)('in Responses: %s', async (reason, told) => {
    const ending = await endingOf(
      createResponsesReader(),
      value({ type: 'response.output_text.delta', delta: 'Words.' }),
      value({ type: 'response.incomplete', response: { status: 'incomplete', incomplete_details: { reason } } }),
    );
    expect(codeOf(ending)).toBe(told);
  });

  const anthropic: Reasons = [
    ['end_turn', 'complete'],
    ['stop_sequence', 'complete'],
    ['max_tokens', 'cut'],
    ['pause_turn', 'cut'],
    ['refusal', 'retracted'],
    ['model_context_window_exceeded', 'context-too-long'],
    ['tool_use', 'vendor-unreadable'],
    ['a_reason_of_tomorrow', 'vendor-ended'],
  ];
  it.each(anthropic)('of Anthropic: %s', async (reason, told) => {
    const ending = await endingOf(
      createMessagesReader(undefined),
      value({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'Words.' } }),
      value({ type: 'message_delta', delta: { stop_reason: reason } }),
      value({ type: 'message_stop' }),
    );
    expect(codeOf(ending)).toBe(told);
  });

  const bedrock: Reasons = [
    ['end_turn', 'complete'],
    ['max_tokens', 'cut'],
    ['guardrail_intervened', 'retracted'],
    ['content_filtered', 'retracted'],
    ['model_context_window_exceeded', 'context-too-long'],
    ['malformed_model_output', 'vendor-unreadable'],
    ['a_reason_of_tomorrow', 'vendor-ended'],
  ];
  it.each(bedrock)('of Bedrock: %s', async (reason, told) => {
    const ending = await endingOf(
      createConverseReader(),
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Words.' } } },
      { messageStop: { stopReason: reason as 'end_turn' } },
    );
    expect(codeOf(ending)).toBe(told);
  });

  const vertex: Reasons = [
    ['STOP', 'complete'],
    ['MAX_TOKENS', 'cut'],
    ['SAFETY', 'retracted'],
    ['RECITATION', 'retracted'],
    ['LANGUAGE', 'retracted'],
    ['PROHIBITED_CONTENT', 'retracted'],
    ['MODEL_ARMOR', 'retracted'],
    ['OTHER', 'vendor-unreadable'],
    ['MALFORMED_FUNCTION_CALL', 'vendor-unreadable'],
    ['A_REASON_OF_TOMORROW', 'vendor-ended'],
  ];
  it.each(vertex)('of Vertex AI: %s', async (reason, told) => {
    const ending = await endingOf(
      createVertexReader(),
      value({ candidates: [{ content: { parts: [{ text: 'Words.' }] }, finishReason: reason }] }),
    );
    expect(codeOf(ending)).toBe(told);
  });

  it('of Vertex AI: a question that its filter declined', async () => {
    const ending = await endingOf(createVertexReader(), value({ promptFeedback: { blockReason: 'SAFETY' } }));
    expect(codeOf(ending)).toBe('blocked-input');
  });
});
