import { VendorError } from '../../../src/vendors/kit/vendor-error';
import { createVertexReader } from '../../../src/vendors/vertex-ai/answer';

/** Reads a chunk as it comes from the wire. */
const readIn = (reader: ReturnType<typeof createVertexReader>, value: unknown) =>
  reader.read({ kind: 'value', name: '', value });
const saying = (...parts: { readonly text?: string; readonly thought?: boolean }[]) => ({
  candidates: [{ content: { parts } }],
});
const ending = (finishReason: string) => ({
  candidates: [{ content: { parts: [{ text: 'the rest' }] }, finishReason }],
});

describe("an answer of Google's models", () => {
  it.each([
    ['STOP', 'complete'],
    ['MAX_TOKENS', 'cut'],
    ['CONTINUATION', 'cut'],
  ])('ends by %s: %s', (finishReason, reason) => {
    const reader = createVertexReader();
    expect(readIn(reader, ending(finishReason)).words).toBe('the rest');
    expect(reader.ending()).toEqual({ how: reason });
  });

  it.each([
    ['SAFETY', 'blocked-output'],
    ['PROHIBITED_CONTENT', 'blocked-output'],
    ['SPII', 'blocked-output'],
    ['RECITATION', 'blocked-output'],
    ['BLOCKLIST', 'blocked-output'],
    ['MODEL_ARMOR', 'blocked-output'],
    ['LANGUAGE', 'blocked-output'],
    ['IMAGE_SAFETY', 'blocked-output'],
  ])('fails at once by %s: %s', (finishReason, category) => {
    const reader = createVertexReader();
    expect(() => readIn(reader, ending(finishReason))).toThrow(new VendorError(category as VendorError['category']));
    expect(reader.ending()).toBeUndefined();
  });

  it.each([
    ['OTHER', 'protocol'],
    ['MALFORMED_FUNCTION_CALL', 'protocol'],
    ['A_REASON_OF_TOMORROW', 'unknown-ending'],
    ['constructor', 'unknown-ending'],
  ])('fails by %s once it is over: %s', (finishReason, how) => {
    const reader = createVertexReader();
    expect(readIn(reader, ending(finishReason)).words).toBe('the rest');
    expect(reader.ending()).toEqual({ how });
  });

  it('goes on while no reason is given, or none in particular', () => {
    const reader = createVertexReader();
    expect(readIn(reader, saying({ text: 'One' }, { text: ' two' })).words).toBe('One two');
    for (const none of ['FINISH_REASON_UNSPECIFIED', '', 'null'])
      expect(readIn(reader, ending(none)).words).toBe('the rest');
    expect(reader.ending()).toBeUndefined();
  });

  it('tells that the model thought where several chunks come as a list', () => {
    const list = [saying({ text: 'Hm.', thought: true }), saying({ text: 'Yes.' })];
    expect(readIn(createVertexReader(), list)).toEqual({ words: 'Yes.', isThought: true });
  });

  it('leaves out what the model only thought', () => {
    const said = readIn(createVertexReader(), saying({ text: 'Hm.', thought: true }, { text: 'Yes.' }));
    expect(said).toEqual({ words: 'Yes.', isThought: true });
  });

  it('was declined where the question was', () => {
    const declined = { promptFeedback: { blockReason: 'JAILBREAK' } };
    expect(() => readIn(createVertexReader(), declined)).toThrow(new VendorError('blocked-input'));
  });

  it('counts thoughts among the words, and keeps the last count and id', () => {
    const reader = createVertexReader();
    readIn(reader, { usageMetadata: { promptTokenCount: 3 }, responseId: 'r1' });
    readIn(reader, {
      ...ending('STOP'),
      usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 5, thoughtsTokenCount: 7 },
    });
    expect(reader.ending()).toEqual({ how: 'complete', usage: { inputTokens: 3, outputTokens: 12 } });
    expect(reader.requestId?.()).toBe('r1');
  });

  it('may hold chunks that say nothing', () => {
    const reader = createVertexReader();
    for (const chunk of [{}, { candidates: [] }, { candidates: [{}] }, saying({}), { candidates: null }])
      expect(readIn(reader, chunk)).toEqual({ words: '' });
  });
});
