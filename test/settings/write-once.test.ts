import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setAsideEmpty, writeOnce } from '../../src/settings/write-once';

describe('a file that is placed once', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dejiren-place-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const path = (): string => join(folder, 'file');
  const words = (): string => readFileSync(path(), 'utf8');

  it('is there whole, for its owner alone, and nothing else is', () => {
    writeOnce(path(), 'words');
    expect(words()).toBe('words');
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('stays the first one', () => {
    writeOnce(path(), 'first');
    writeOnce(path(), 'second');
    expect(words()).toBe('first');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('leaves nothing behind where it cannot be placed', () => {
    writeFileSync(join(folder, 'no-folder'), '');
    expect(() => writeOnce(join(folder, 'no-folder', 'file'), 'words')).toThrow();
    expect(readdirSync(folder)).toEqual(['no-folder']);
  });

  it('is taken out of the way while it is empty, and put back where it got content meanwhile', () => {
    writeFileSync(path(), '');
    setAsideEmpty(path());
    expect(readdirSync(folder)).toEqual([]);
    setAsideEmpty(path());
    writeOnce(path(), 'words');
    setAsideEmpty(path());
    expect(words()).toBe('words');
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
