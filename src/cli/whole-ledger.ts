import type { LedgerAudit } from '../consent/audit';
import type { LedgerVerification } from '../consent/chain/fault';
import type { LedgerHead } from '../consent/chain/row';
import type { SigningKeys } from '../proof/signing-keys';
import { readSettings } from '../settings/read-settings';
import type { Settings } from '../settings/settings';
import type { Print } from './command';
import { installationOf, looking } from './installation';
import { FileError } from './output';

/** A ledger that was checked row by row, and is whole. */
export interface WholeLedger {
  readonly head: LedgerHead;
  readonly audit: LedgerAudit;
  readonly keys: SigningKeys;
}

/**
 * Checks the ledger of this installation and gives it to `look`, which resolves to the exit status. A ledger that does
 * not fit is told of instead: 1. Throws a `FileError` where there is none yet.
 */
export async function lookAtLedger(print: Print, look: (ledger: WholeLedger) => Promise<number>): Promise<number> {
  const settings = readSettings();
  return looking(installationOf(settings), async (store, installation) => {
    if (store === undefined || installation === undefined) throw noLedger(settings);
    const result = await store.ledger.verify();
    if (!result.intact) {
      print(brokenLine(result));
      return 1;
    }
    return look({ head: result.head, audit: store.audit, keys: installation.keys });
  });
}

export function noLedger({ databasePath }: Settings): FileError {
  return new FileError(`There is no ledger yet: the first start creates ${databasePath}. Is DEJIREN_DATA_DIR correct?`);
}

export function brokenLine({ code, seq }: Extract<LedgerVerification, { intact: false }>): string {
  switch (code) {
    case 'head-unsealed':
      return `The chain is intact, but its head at row ${seq} has no seal (${code}). If that is the head you expect, seal it with dejiren ledger seal`;
    case 'schema-changed':
      return `The tables, indexes, triggers or views of the database are not those that dejiren created (${code}): restore a backup`;
    default:
      return `The chain is broken: ${code} at row ${seq}`;
  }
}
