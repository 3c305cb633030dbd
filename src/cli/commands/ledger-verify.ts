import { compareHead, type HeadFinding } from '../../proof/ledger-head';
import { defineCommand, type Print } from '../command';
import { readInput } from '../input';
import { lookAtLedger, type WholeLedger } from '../whole-ledger';

/** `head`: the file of a head that was stored, `-` for standard input. */
export const ledgerVerify = defineCommand({
  usage: [
    'dejiren ledger verify',
    'check every row of the ledger against its chain (--head FILE: and against a head stored before)',
  ],
  takes: ['head'],
  read: ({ head }) => ({ head }),
  run: ({ head }, { print }) =>
    lookAtLedger(print, async (ledger) => {
      print(`The chain is whole: ${ledger.head.seq} rows, head ${ledger.head.hash}`);
      return head === undefined ? 0 : againstHead(readInput(head), ledger, print);
    }),
});

const FINDINGS: Readonly<Record<HeadFinding, string>> = {
  meets: 'it is in the chain',
  truncated: 'rows that were there then are gone: the ledger was cut off, or an older copy was put in its place',
  rewritten: 'another row stands in its place: the ledger was written anew',
  'other-installation': 'it is of another installation, or of another secret',
  malformed: 'that is no head',
  signature: 'its signature does not hold: it was changed',
};

async function againstHead(words: string, { audit, keys }: WholeLedger, print: Print): Promise<number> {
  const { finding, head, signed } = await compareHead(words, keys, audit.hashAt);
  const which = head === undefined ? 'The stored head' : `The ${signed ? 'signed' : 'stored'} head at row ${head.seq}`;
  print(`${which}: ${FINDINGS[finding]} (${finding})`);
  return finding === 'meets' ? 0 : 1;
}
