import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Sees to it that whoever is erased leaves no key behind: it is what leads from the ledger to a person. */
export interface KeyWatch {
  /** Runs the erasing of one person while nobody else is erased. */
  erasing(caseId: string, erase: () => Promise<void>): Promise<void>;
  /** Once the program has ended: the cases whose key is still in the database's files. */
  kept(): readonly string[];
}

export function watchKeys(path: string): KeyWatch {
  const kept = new Set<string>();
  const gone: { readonly caseId: string; readonly key: Buffer }[] = [];
  let before = Promise.resolve();
  return {
    erasing(caseId, erase) {
      const done = before.then(async () => {
        const keys = keysIn(path);
        await erase();
        const left = keysIn(path);
        const destroyed = [...keys].filter((key) => !left.has(key));
        if (destroyed.length === 0) kept.add(caseId);
        for (const key of destroyed) gone.push({ caseId, key: Buffer.from(key, 'hex') });
      });
      before = done.catch(() => undefined);
      return done;
    },
    kept() {
      const files = ['', '-wal', '-journal'].map((end) => path + end).filter((file) => existsSync(file));
      const bytes = files.map((file) => readFileSync(file));
      for (const { caseId, key } of gone) if (bytes.some((one) => one.includes(key))) kept.add(caseId);
      return [...kept];
    },
  };
}

/** The keys of all people, in hexadecimal. */
function keysIn(path: string): ReadonlySet<string> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database.prepare('SELECT hex(key) AS key FROM subjects').all();
    return new Set(rows.map(({ key }) => String(key)));
  } finally {
    database.close();
  }
}
