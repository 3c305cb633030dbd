import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markPresence } from '../../src/store/sqlite/presence';

describe('the mark of who has a database in use', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dejiren-presence-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const mark = () => markPresence(join(folder, 'dejiren.db'));

  it('is seen by whoever comes later, whoever was first and whoever went', () => {
    const first = mark();
    const second = mark();
    expect([first.others, second.others]).toEqual(['none', 'there']);
    first.close();
    const third = mark();
    expect(third.others).toBe('there');
    second.close();
    third.close();
    const fourth = mark();
    expect(fourth.others).toBe('none');
    fourth.close();
  });

  it('is not known where no mark can be made', () => {
    expect(markPresence(join(folder, 'no-folder', 'dejiren.db')).others).toBe('unknown');
  });

  it('is an empty file, for the owner alone', () => {
    const only = mark();
    expect(readdirSync(folder)).toEqual(['dejiren.db-in-use']);
    expect(statSync(join(folder, 'dejiren.db-in-use')).size).toBe(0);
    expect(statSync(join(folder, 'dejiren.db-in-use')).mode & 0o777).toBe(0o600);
    only.close();
  });
});
