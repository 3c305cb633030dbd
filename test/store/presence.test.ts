import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markPresence } from '../../src/store/sqlite-presence';

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
    expect([first.shared, second.shared]).toEqual([false, true]);
    first.close();
    const third = mark();
    expect(third.shared).toBe(true);
    second.close();
    third.close();
    const fourth = mark();
    expect(fourth.shared).toBe(false);
    fourth.close();
  });

  it('is an empty file, for the owner alone', () => {
    const only = mark();
    expect(readdirSync(folder)).toEqual(['dejiren.db-in-use']);
    expect(statSync(join(folder, 'dejiren.db-in-use')).size).toBe(0);
    expect(statSync(join(folder, 'dejiren.db-in-use')).mode & 0o777).toBe(0o600);
    only.close();
  });
});
