import fc from 'fast-check';
import { createPreviewConnector } from '../../../src/vendors/preview/connector';
import { listen, messageOf, promptOf } from '../../support/vendors';

const quick = createPreviewConnector({ paceMs: 0 });
const patient = (): AbortSignal => new AbortController().signal;

describe('the preview', () => {
  it('says that nothing was sent, in both languages, and names every field with its value', async () => {
    const prompt = promptOf('', {
      messages: [messageOf('user', 'One?'), messageOf('assistant', 'Two.'), messageOf('user', '三？')],
    });
    const { words, finish } = await listen(quick, prompt, patient());
    expect(words).toMatch(/Nothing .*sent|Nothing left/u);
    expect(words).toContain('どこにも送信していません');
    const fields = [...words.matchAll(/^\*\*(.+)\*\*$/gmu)].map(([, name]) => name);
    expect(fields).toEqual([
      'instructions',
      'input[0] · user',
      'input[1] · assistant',
      'input[2] · user',
      'safety_identifier',
      'store',
    ]);
    for (const value of ['Answer briefly.', 'One?', 'Two.', '三？', 'p_0123456789abcdef', 'false'])
      expect(words).toContain(`\n${value}\n`);
    expect(finish).toMatchObject({ reason: 'complete' });
    expect(quick.route).toMatchObject({ vendor: 'preview', endpoint: 'none', region: 'this-machine' });
  });

  it('shows any question whole, between fences that it cannot break', async () => {
    const question = fc.string({ unit: fc.constantFrom('`', '~', '\n', 'a', '日', '👋🏽', '#'), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(question, async (asked) => {
        const { words } = await listen(quick, promptOf(asked), patient());
        const shown = /\*\*input\[0\] · user\*\*\n(`{3,})text\n([\s\S]*?)\n\1(?!`)\n\n\*\*safety_identifier/u.exec(
          words,
        );
        expect(shown?.[2]).toBe(asked);
        expect(asked).not.toContain(shown?.[1]);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('comes in pieces, none of which splits a character, and few enough to be read soon', async () => {
    const { deltas } = await listen(quick, promptOf('👋'.repeat(20_000)), patient());
    expect(deltas.length).toBeGreaterThan(5);
    expect(deltas.length).toBeLessThanOrEqual(101);
    for (const piece of deltas) expect(piece.isWellFormed()).toBe(true);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const heard = await listen(createPreviewConnector(), promptOf('Hi'), stop.signal, { onDelta: () => stop.abort() });
    expect(heard.deltas).toHaveLength(1);
    expect(heard.error).toMatchObject({ category: 'cancelled' });
  });
});
