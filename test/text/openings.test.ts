import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Every file that reads what a person or a model wrote, and why it must. Each is a place where text could escape. */
const OPENINGS: readonly (readonly [file: string, reason: string])[] = [
  ['adapters/local/adapter.ts', 'finds the mention of dejiren and the command in what was typed on the page'],
  ['adapters/local/reply.ts', 'sends the answer to the page'],
  ['adapters/local/surface.ts', 'sends words to the page'],
  ['adapters/local/view.ts', 'shows messages on the page'],
  ['adapters/slack/questions.ts', 'tells a question from the command typed as a message, and from nothing at all'],
  ['adapters/slack/reply.ts', 'sends the answer to Slack'],
  ['adapters/slack/turn.ts', 'tells the language of a question'],
  ['adapters/teams/memory.ts', 'keeps the end of a long answer out of memory'],
  ['adapters/teams/questions.ts', 'tells a question from a command, and from nothing at all'],
  ['adapters/teams/reply.ts', 'sends the answer to Teams'],
  ['adapters/teams/turn.ts', 'tells the language of a question'],
  ['src/consent/command.ts', 'reads the words of the command'],
  ['src/dispatch/files.ts', 'puts the words of text files to the question'],
  ['src/redact/presidio.ts', 'has an analyzer of the organisation search it'],
  ['src/redact/redact.ts', 'takes out what must not go to a vendor'],
  ['src/redact/restore.ts', 'puts names and values back into the answer'],
  ['src/redact/search.ts', 'searches it for personal data and secrets'],
  ['src/dispatch/sanitise.ts', 'makes the answer safe to show'],
  ['src/text/text.ts', 'declares it'],
  ['src/vendors/azure-openai.ts', 'sends the prompt to the vendor'],
  ['src/vendors/bedrock.ts', 'sends the prompt to the vendor'],
  ['src/vendors/openai-chat.ts', 'sends the prompt to the vendor'],
  ['src/vendors/openai-responses.ts', 'sends the prompt to the vendor'],
  ['src/vendors/openai.ts', 'sends the prompt to the vendor'],
  ['src/vendors/vertex-ai.ts', 'sends the prompt to the vendor'],
  ['src/vendors/preview.ts', 'shows what a vendor would have been sent'],
];

/** The same for what is in files. */
const BYTE_OPENINGS: readonly string[] = [
  'src/dispatch/files.ts',
  'src/text/bytes.ts',
  'src/vendors/bedrock.ts',
  'src/vendors/openai-client.ts',
  'src/vendors/vertex-ai.ts',
];

const ROOT = join(__dirname, '..', '..');
const OPENS = /\bopenText\b|\bText\.open\b/;

function sources(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

describe('text is opened', () => {
  it('in these files and in no other', () => {
    const opening = ['src', 'adapters']
      .flatMap(sources)
      .filter((file) => OPENS.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(opening.sort()).toEqual(OPENINGS.map(([file]) => file).sort());
  });

  it('and files in these', () => {
    const opening = ['src', 'adapters']
      .flatMap(sources)
      .filter((file) => /\bopenBytes\b|\bBytes\.open\b/.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(opening.sort()).toEqual([...BYTE_OPENINGS].sort());
  });

  it('for a reason that is written down', () => {
    for (const [, reason] of OPENINGS) expect(reason).toMatch(/\w+ \w+/);
  });
});
