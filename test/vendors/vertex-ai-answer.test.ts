import { VendorError } from '../../src/vendors/vendor-error';
import { createVertexReader } from '../../src/vendors/vertex-ai-answer';

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
    expect(reader.read(ending(finishReason))).toBe('the rest');
    expect(reader.ending()).toEqual({ reason });
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
    ['OTHER', 'protocol'],
    ['MALFORMED_FUNCTION_CALL', 'protocol'],
    ['A_REASON_OF_TOMORROW', 'unknown'],
    ['constructor', 'unknown'],
  ])('fails by %s: %s', (finishReason, category) => {
    const reader = createVertexReader();
    expect(() => reader.read(ending(finishReason))).toThrow(new VendorError(category as VendorError['category']));
    expect(reader.ending()).toBeUndefined();
  });

  it('goes on while no reason is given, or none in particular', () => {
    const reader = createVertexReader();
    expect(reader.read(saying({ text: 'One' }, { text: ' two' }))).toBe('One two');
    expect(reader.read(ending('FINISH_REASON_UNSPECIFIED'))).toBe('the rest');
    expect(reader.ending()).toBeUndefined();
  });

  it('leaves out what the model only thought', () => {
    expect(createVertexReader().read(saying({ text: 'Hm.', thought: true }, { text: 'Yes.' }))).toBe('Yes.');
  });

  it('was declined where the question was', () => {
    const declined = { promptFeedback: { blockReason: 'JAILBREAK' } };
    expect(() => createVertexReader().read(declined)).toThrow(new VendorError('blocked-input'));
  });

  it('counts thoughts among the words, and keeps the last count and id', () => {
    const reader = createVertexReader();
    reader.read({ usageMetadata: { promptTokenCount: 3 }, responseId: 'r1' });
    reader.read({
      ...ending('STOP'),
      usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 5, thoughtsTokenCount: 7 },
    });
    expect(reader.ending()).toEqual({ reason: 'complete', usage: { inputTokens: 3, outputTokens: 12 } });
    expect(reader.requestId?.()).toBe('r1');
  });

  it('may hold chunks that say nothing', () => {
    const reader = createVertexReader();
    for (const chunk of [{}, { candidates: [] }, { candidates: [{}] }, saying({})])
      expect(reader.read(chunk) ?? '').toBe('');
  });
});
