import ts from 'typescript';
import { loadsOf, nodesOf, parse, programFiles } from '../support/sources';

/** Every file that reads what a person or a model wrote, and why it must. Each is a place where text could escape. */
const OPENINGS: readonly (readonly [file: string, reason: string])[] = [
  ['adapters/kit/messages.ts', 'tells the language of a command'],
  ['adapters/kit/reply.ts', 'sends the answer to the chat'],
  ['adapters/kit/request.ts', 'tells a question from a command, and from nothing at all'],
  ['adapters/local/adapter.ts', 'finds the mention of dejiren and the command in what was typed on the page'],
  ['adapters/local/message.ts', 'tells what an answer on the page says so far'],
  ['adapters/local/surface.ts', 'sends words to the page'],
  ['adapters/local/view.ts', 'shows messages on the page'],
  ['adapters/slack/turn.ts', 'tells the language of a question'],
  ['adapters/teams/answer-again.ts', 'tells the language of a question that is read again'],
  ['adapters/teams/memory.ts', 'keeps the end of a long answer out of memory'],
  ['adapters/teams/turn.ts', 'tells the language of a question'],
  ['src/consent/command.ts', 'reads the words of the command'],
  ['src/dispatch/files.ts', 'puts the words of text files to the question'],
  ['src/redact/presidio.ts', 'has an analyzer of the organisation search it'],
  ['src/redact/redact.ts', 'takes out what must not go to a vendor'],
  ['src/redact/restore.ts', 'puts names and values back into the answer'],
  ['src/redact/search.ts', 'searches it for personal data and secrets'],
  ['src/sanitise/sanitise.ts', 'makes the answer safe to show'],
  ['src/model/text.ts', 'declares it'],
  ['src/vendors/anthropic/connector.ts', 'sends the prompt to the vendor'],
  ['src/vendors/bedrock/connector.ts', 'sends the prompt to the vendor'],
  ['src/vendors/kit/openai/chat.ts', 'sends the prompt to the vendor'],
  ['src/vendors/kit/openai/responses.ts', 'sends the prompt to the vendor'],
  ['src/vendors/kit/turns-in-order.ts', 'joins what one side said without a break'],
  ['src/vendors/vertex-ai/connector.ts', 'sends the prompt to the vendor'],
  ['src/vendors/preview/connector.ts', 'shows what a vendor would have been sent'],
];

/** The same for what is in files. */
const BYTE_OPENINGS: readonly string[] = [
  'src/dispatch/files.ts',
  'src/model/bytes.ts',
  'src/vendors/anthropic/connector.ts',
  'src/vendors/bedrock/connector.ts',
  'src/vendors/kit/openai/client.ts',
  'src/vendors/vertex-ai/connector.ts',
];

/** How a file opens text or bytes, and what it does that could hide it. */
function openingsIn(source: ts.SourceFile): { readonly opens: ReadonlySet<string>; readonly hides: readonly string[] } {
  const opens = new Set<string>();
  const hides: string[] = [];
  for (const { module, names } of loadsOf(source)) {
    if (!/(?:^|\/)(?:model)\/(?:text|bytes)(?:\.[jt]s)?$/u.test(module)) continue;
    if (names.includes('*')) hides.push(`takes all of ${module}`);
    if (names.some((name) => /^open\w+ as /u.test(name))) hides.push('gives it another name');
  }
  for (const node of nodesOf(source)) {
    if (!ts.isIdentifier(node) || !/^open(?:Text|Bytes)$/u.test(node.text)) continue;
    opens.add(node.text);
    const { parent } = node;
    const isCalled = ts.isCallExpression(parent) && parent.expression === node;
    const isMapped =
      ts.isCallExpression(parent) &&
      ts.isPropertyAccessExpression(parent.expression) &&
      parent.expression.name.text === 'map' &&
      parent.arguments[0] === node;
    const isNamed = ts.isImportSpecifier(parent) || ts.isFunctionDeclaration(parent);
    if (!isCalled && !isMapped && !isNamed) hides.push(`hands ${node.text} on`);
  }
  return { opens, hides };
}

describe('text is opened', () => {
  const files = programFiles().map(({ file, source }) => ({ file, ...openingsIn(source) }));
  const opening = (how: string): readonly string[] =>
    files.filter(({ opens }) => opens.has(how)).map(({ file }) => file);

  it('in these files and in no other', () => {
    expect([...opening('openText')].sort()).toEqual(OPENINGS.map(([file]) => file).sort());
  });

  it('and files in these', () => {
    expect([...opening('openBytes')].sort()).toEqual([...BYTE_OPENINGS].sort());
  });

  it('by its name alone, where a reader sees it', () => {
    expect(files.filter(({ hides }) => hides.length > 0).map(({ file, hides }) => [file, ...hides])).toEqual([]);
  });

  it.each([
    "import { openText as read } from '../model/text';",
    "import * as text from '../model/text';",
    "export * from '../model/text';",
    "export { openText } from '../model/text';",
    "const { openText } = await import('../model/text');",
    "const text = require('../model/text');",
    "import { openText } from '../model/text';\nexport const read = openText;",
    "import { openText } from '../model/text';\nconst tools = { openText };",
    "import { openText } from '../model/text';\nexport { openText };",
    "import { openBytes } from '../model/bytes';\nrun(openBytes);",
  ])('and this would be found: %j', (words) => {
    expect(openingsIn(parse('x.ts', words)).hides).not.toEqual([]);
  });

  it('for a reason that is written down', () => {
    for (const [, reason] of OPENINGS) expect(reason).toMatch(/\w+ \w+/);
  });
});
