import type { SQLOutputValue } from 'node:sqlite';
import { GENESIS, type LedgerHead } from '../../consent/ledger';
import { sealOf } from '../keys';
import { toBytes, toNumber, toText } from './rows';

type HeadRow = Readonly<Record<string, SQLOutputValue>> | undefined;

/** The stored head; without one the ledger is empty. */
export function readHead(row: HeadRow): LedgerHead {
  return row === undefined ? { seq: 0, hash: GENESIS } : { seq: toNumber(row.seq), hash: toText(row.hash) };
}

/**
 * Whether the head is one that this installation wrote. What hangs together in itself may have been made to; a seal
 * under the installation's secret cannot.
 */
export function sealFaultOf(row: HeadRow, secret: Uint8Array): 'head-unsealed' | 'head-differs' | undefined {
  if (row === undefined) return undefined;
  if (row.seal === null) return 'head-unsealed';
  return sealOf(secret, readHead(row)).equals(toBytes(row.seal)) ? undefined : 'head-differs';
}
