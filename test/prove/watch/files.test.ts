import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createCanaries } from '../../../src/prove/watch/canaries';
import { lookIntoDatabases } from '../../../src/prove/watch/database';
import { watchFiles } from '../../../src/prove/watch/files';
import { createSearch } from '../../../src/prove/watch/search';

describe('the watch over files', () => {
  const canaries = createCanaries();
  const search = createSearch(canaries);
  const { text } = canaries.of('prompt', 'aaa');
  let whole = '';
  let [own, beside, shared] = ['', '', ''];

  beforeEach(() => {
    whole = mkdtempSync(join(tmpdir(), 'watch-files-'));
    [own, beside, shared] = [join(whole, 'own'), join(whole, 'beside'), join(whole, 'shared')];
    for (const folder of [own, beside, shared]) mkdirSync(folder);
  });
  afterEach(() => rmSync(whole, { recursive: true, force: true }));

  const watch = () => watchFiles({ own, beside }, search, [shared]);

  it('finds words in a file of any of these folders', () => {
    const files = watch();
    for (const folder of [own, beside, shared]) writeFileSync(join(folder, 'file'), text);
    expect(files.look(undefined).findings.map(({ place }) => place)).toEqual(
      [own, beside, shared].map((folder) => join(folder, 'file')),
    );
  });

  it('counts only the files of the program: in its own folder, or written by it', () => {
    const files = watch();
    const [mine, written, foreign] = [join(own, 'mine.db'), join(shared, 'written'), join(shared, 'foreign.db')];
    for (const path of [mine, written, foreign]) writeFileSync(path, 'anything');
    expect(files.look(new Set([written])).changed).toEqual([mine, written]);
    expect(files.look(undefined).changed).toEqual([mine]);
  });

  it('knows a database by what it is, and says which one could not be read', () => {
    const [real, junk, torn] = [join(own, 'data'), join(own, 'junk.db'), join(own, 'torn')];
    const database = new DatabaseSync(real);
    database.exec(`CREATE TABLE words (word); INSERT INTO words VALUES ('${text}')`);
    database.close();
    writeFileSync(junk, 'no database at all');
    writeFileSync(torn, 'SQLite format 3\0 and then nothing of the kind');
    const { findings, rows, troubles } = lookIntoDatabases([real, junk, torn], search);
    expect([findings.map(({ place }) => place), rows]).toEqual([['words.word'], 1]);
    expect(troubles).toEqual([expect.stringMatching(/^the database “torn” could not be read: /u)]);
    expect(lookIntoDatabases([junk], search).troubles).toEqual(['the database was not found']);
  });
});
