import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileError, toOutput } from '../../src/cli/output';

describe('what is written to a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dejiren-output-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const path = (): string => join(folder, 'head.json');
  const give = async (lines: Iterable<string> | AsyncIterable<string>): Promise<readonly string[]> => {
    const printed: string[] = [];
    await toOutput(path(), (line) => printed.push(line), lines);
    return printed;
  };

  it('is there whole, for the owner alone, and is told', async () => {
    expect(await give(['one', '二'])).toEqual([`Written to ${path()}.`]);
    expect(readFileSync(path(), 'utf8')).toBe('one\n二\n');
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('is never written over', async () => {
    await give(['first']);
    await expect(give(['second'])).rejects.toThrow(FileError);
    expect(readFileSync(path(), 'utf8')).toBe('first\n');
  });

  it('is taken away again where it cannot be written whole', async () => {
    async function* half(): AsyncIterable<string> {
      yield 'one';
      throw new Error('the ledger cannot be read');
    }
    await expect(give(half())).rejects.toThrow('cannot be read');
    expect(readdirSync(folder)).toEqual([]);
    expect(await give(['whole'])).toHaveLength(1);
  });
});
