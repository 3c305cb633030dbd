import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../src/model/secret';
import { dataKey as keyOf } from '../../src/settings/data-key';
import { SettingsError } from '../../src/settings/settings';

describe('the data key', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dejiren-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const dataDir = (): string => join(folder, 'data');
  const database = (): string => join(folder, 'dejiren.db');
  const dataKey = (dir: string, given: Secret | undefined): Uint8Array =>
    keyOf({ dataDir: dir, databasePath: database(), secret: given });
  const modeOf = (path: string): number => statSync(path).mode & 0o777;
  const nameOf = (make: () => unknown): string | undefined => {
    try {
      make();
      return undefined;
    } catch (error) {
      if (error instanceof SettingsError) return error.faults[0]?.name;
      throw error;
    }
  };

  it('is made once, for its owner alone, and is the same at the next start', () => {
    const key = dataKey(dataDir(), undefined);
    expect(key.length).toBeGreaterThanOrEqual(32);
    expect(modeOf(dataDir())).toBe(0o700);
    expect(modeOf(join(dataDir(), 'secret'))).toBe(0o600);
    expect(dataKey(dataDir(), undefined)).toEqual(key);
    expect(dataKey(join(folder, 'another'), undefined)).not.toEqual(key);
  });

  it('is the one that is given, and then no file is made', () => {
    const given = 'k'.repeat(32);
    expect(Buffer.from(dataKey(dataDir(), new Secret(given))).toString()).toBe(given);
    expect(() => statSync(dataDir())).toThrow();
  });

  it('closes a folder and a key that others could read', () => {
    dataKey(dataDir(), undefined);
    chmodSync(dataDir(), 0o755);
    chmodSync(join(dataDir(), 'secret'), 0o644);
    dataKey(dataDir(), undefined);
    expect(modeOf(dataDir())).toBe(0o700);
    expect(modeOf(join(dataDir(), 'secret'))).toBe(0o600);
  });

  it('is never replaced when it was cut off: that would make everybody a stranger', () => {
    dataKey(dataDir(), undefined);
    writeFileSync(join(dataDir(), 'secret'), 'short');
    expect(nameOf(() => dataKey(dataDir(), undefined))).toBe('DEJIREN_SECRET');
    expect(readFileSync(join(dataDir(), 'secret'), 'utf8')).toBe('short');
  });

  it('is not taken from a file that a power cut filled with zeros', () => {
    mkdirSync(dataDir());
    writeFileSync(join(dataDir(), 'secret'), Buffer.alloc(44));
    expect(nameOf(() => dataKey(dataDir(), undefined))).toBe('DEJIREN_SECRET');
  });

  it('is made where a start on a full disk left an empty one, as long as there is no database', () => {
    mkdirSync(dataDir());
    writeFileSync(join(dataDir(), 'secret'), '');
    const key = dataKey(dataDir(), undefined);
    expect(key.length).toBeGreaterThanOrEqual(32);
    expect(dataKey(dataDir(), undefined)).toEqual(key);
    expect(modeOf(join(dataDir(), 'secret'))).toBe(0o600);
    expect(readdirSync(dataDir())).toEqual(['secret']);
  });

  it('that is empty is told of where a database belongs to another, and is left as it is', () => {
    mkdirSync(dataDir());
    writeFileSync(join(dataDir(), 'secret'), '');
    writeFileSync(database(), 'rows');
    expect(nameOf(() => dataKey(dataDir(), undefined))).toBe('DEJIREN_SECRET');
    expect(statSync(join(dataDir(), 'secret')).size).toBe(0);
  });

  it('leaves nothing but itself in the folder', () => {
    dataKey(dataDir(), undefined);
    expect(readdirSync(dataDir())).toEqual(['secret']);
  });

  it('is never made anew beside a database that another one belongs to', () => {
    const key = dataKey(dataDir(), undefined);
    writeFileSync(database(), '');
    expect(dataKey(dataDir(), undefined)).toEqual(key);
    writeFileSync(database(), 'rows');
    rmSync(join(dataDir(), 'secret'));
    expect(nameOf(() => dataKey(dataDir(), undefined))).toBe('DEJIREN_SECRET');
    expect(existsSync(join(dataDir(), 'secret'))).toBe(false);
    expect(dataKey(dataDir(), new Secret('k'.repeat(32)))).toHaveLength(32);
  });

  it('is made where the database is still empty', () => {
    writeFileSync(database(), '');
    expect(dataKey(dataDir(), undefined).length).toBeGreaterThanOrEqual(32);
  });

  it('names the folder when it cannot be made', () => {
    writeFileSync(dataDir(), 'a file');
    expect(
      nameOf(() => keyOf({ dataDir: dataDir(), databasePath: join(dataDir(), 'dejiren.db'), secret: undefined })),
    ).toBe('DEJIREN_DATA_DIR');
    expect(nameOf(() => dataKey(dataDir(), undefined))).toBe('DEJIREN_DATA_DIR');
  });
});
