import { compareHead, type HeadFinding } from '../../proof/ledger-head';
import { defineCommand, type Print } from '../command';
import { counted } from '../counted';
import { readInput } from '../input';
import { lookAtLedger, type WholeLedger } from '../whole-ledger';

/** `head`: the file of a head that was stored, `-` for standard input. */
export const ledgerVerify = defineCommand({
  usage: [
    'dejiren ledger verify',
    'check every row of the ledger against its chain (--head FILE: also against a stored head)',
  ],
  takes: ['head'],
  read: ({ head }) => ({ head }),
  run: ({ head }, { print }) =>
    lookAtLedger(print, async (ledger) => {
      print(`The chain is intact: ${counted(ledger.head.seq, 'row')}, head ${ledger.head.hash}`);
      return head === undefined ? 0 : againstHead(readInput(head), ledger, print);
    }),
});

const FINDINGS: Readonly<Record<HeadFinding, string>> = {
  meets: 'it is in the chain',
  truncated: 'rows that it had are missing: the ledger was truncated, or replaced by an older copy',
  rewritten: 'that row is a different one now: the ledger was rewritten',
  'other-installation': 'it belongs to another installation, or to another secret',
  malformed: 'it is not a ledger head',
  signature: 'its signature is not valid: it was changed',
};

async function againstHead(words: string, { audit, keys }: WholeLedger, print: Print): Promise<number> {
  const { finding, head, signed } = await compareHead(words, keys, audit.hashAt);
  const which = head === undefined ? 'The stored head' : `The ${signed ? 'signed' : 'stored'} head at row ${head.seq}`;
  print(`${which}: ${FINDINGS[finding]} (${finding})`);
  return finding === 'meets' ? 0 : 1;
}
