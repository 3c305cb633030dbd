import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roomFor } from '../../src/cli/room';

describe('room for a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dejiren-room-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is there in a folder of one’s own, made or not, and nothing is made by looking', () => {
    expect(roomFor(join(folder, 'dejiren.db'))).toBe('enough');
    expect(roomFor(join(folder, 'a', 'b', 'dejiren.db'))).toBe('enough');
    writeFileSync(join(folder, 'dejiren.db'), '');
    expect(roomFor(join(folder, 'dejiren.db'))).toBe('enough');
    expect(readdirSync(folder)).toEqual(['dejiren.db']);
  });

  it('is not below what is no folder', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(roomFor(join(folder, 'file', 'dejiren.db'))).toBe('not-writable');
  });

  const full = existsSync('/proc/self/mounts') ? it : it.skip;
  full('is not where a disk has none', () => {
    expect(['not-writable', 'full']).toContain(roomFor('/proc/self/dejiren.db'));
  });
});
