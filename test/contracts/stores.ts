import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/store';
import { quietLog, SECRET } from '../support/consent';
import type { StoreUnderTest } from './store.contract';

/** Every engine there is: each has to do what the contract says. */
export const STORES: readonly (readonly [name: string, create: () => Promise<StoreUnderTest>])[] = [['SQLite', sqlite]];

async function sqlite(): Promise<StoreUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
  const options = { path: join(folder, 'dejiren.db'), secret: SECRET, log: quietLog };
  return {
    open: () => openSqliteStore(options),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
