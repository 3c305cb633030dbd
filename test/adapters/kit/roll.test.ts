import fc from 'fast-check';
import { createRoller } from '../../../adapters/kit/roll';

/** Deals a text out as a reply would, waiting text growing by the given pieces. */
function deal(pieces: readonly string[]): string[] {
  const roller = createRoller({ soft: 7_500, hard: 9_000 });
  const messages: string[] = [''];
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    while (waiting !== '') {
      const { portion, rest } = roller.next(waiting);
      waiting = rest;
      messages[messages.length - 1] += portion.text;
      if (portion.full) messages.push('');
    }
  }
  return messages.filter((message) => message !== '');
}

/** Undoes the repairs: what closes a fence at the end of a message, and opens it again in the next one. */
function join(messages: readonly string[], fence: string): string {
  return messages
    .map((message, index) => {
      const opened = index > 0 && message.startsWith(`${fence}\n`) ? message.slice(fence.length + 1) : message;
      const mark = /^(`+|~+)/u.exec(fence)?.[0] ?? '';
      const closes = index < messages.length - 1 && opened.endsWith(mark);
      return closes ? opened.slice(0, -mark.length) : opened;
    })
    .join('');
}

const words = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replace(/[`~]/gu, '')),
    fc.constantFrom('\n', '\n\n', '日本語の文です。', '👨‍👩‍👧‍👦', 'a sentence. ', '| a | b |\n', 'x'.repeat(500)),
  ),
  { minLength: 1, maxLength: 400 },
);

describe('dealing an answer out to messages', () => {
  it('loses and repeats nothing, and keeps each message below the limit', () => {
    fc.assert(
      fc.property(words, (pieces) => {
        const messages = deal(pieces);
        expect(messages.join('')).toBe(pieces.join(''));
        for (const message of messages) expect(Buffer.byteLength(message)).toBeLessThanOrEqual(9_050);
      }),
      { numRuns: 200 },
    );
  });

  it('cuts no character in two, whatever its size', () => {
    const messages = deal(['👨‍👩‍👧‍👦'.repeat(1_500)]);
    expect(messages.length).toBeGreaterThan(1);
    for (const message of messages) expect(message.length % '👨‍👩‍👧‍👦'.length).toBe(0);
  });

  it('closes a code span that is longer than a message, and opens it again, also after a refusal', () => {
    const roller = createRoller({ soft: 900, hard: 1_000 });
    const span = `\`https://example.com/?d=${'x'.repeat(1_500)}\` end`;
    const first = roller.next(span);
    expect(first.portion.text).toMatch(/^`https:[^`]+`$/u);
    const second = roller.next(first.rest);
    expect(second.portion.text).toMatch(/^`x+` end$/u);
    roller.again();
    expect(roller.next(first.rest)).toEqual(second);
    expect(first.portion.text.slice(0, -1) + second.portion.text.slice(1)).toBe(span);
  });

  it('cuts no link, whole or half', () => {
    const link = '[https://example.com/a](https://example.com/a)';
    for (let words = 950; words <= 1_000; words += 1) {
      const messages: string[] = [];
      const roller = createRoller({ soft: 980, hard: 1_000 });
      for (let rest = `${'x'.repeat(words)} ${link} end.`; rest !== ''; ) {
        const next = roller.next(rest);
        messages.push(next.portion.text);
        rest = next.rest;
      }
      expect(messages.filter((message) => message.includes(link))).toHaveLength(1);
      expect(messages.join('').split('https://')).toHaveLength(3);
    }
  });

  it('closes a code fence at the end of a message and opens it again with its language', () => {
    const lines = Array.from({ length: 900 }, (_, index) => `const value${index} = "a line of code";\n`);
    const whole = `Here:\n\`\`\`ts\n${lines.join('')}\`\`\`\nDone.`;
    const messages = deal(whole.match(/[\s\S]{1,61}/gu) ?? []);
    expect(messages.length).toBeGreaterThan(2);
    for (const message of messages) expect((message.match(/^```/gmu) ?? []).length % 2).toBe(0);
    for (const message of messages.slice(1, -1)) expect(message.startsWith('```ts\n')).toBe(true);
    expect(join(messages, '```ts')).toBe(whole);
  });

  it('breaks at a line rather than in one, so that no row of a table is cut', () => {
    const rows = Array.from({ length: 600 }, (_, index) => `| row ${index} | some words in a cell |\n`);
    for (const message of deal([rows.join('')])) {
      expect(message.startsWith('| row ')).toBe(true);
      expect(message.endsWith('|\n')).toBe(true);
    }
  });

  it('keeps a short answer in one message', () => {
    expect(deal(['Hello', ' there', '.'])).toEqual(['Hello there.']);
  });
});
