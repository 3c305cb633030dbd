import { headDocument } from '../../proof/ledger-head';
import { defineCommand } from '../command';
import { toOutput } from '../output';
import { lookAtLedger } from '../whole-ledger';

/** `out`: a file to be made; without it, standard output. */
export const ledgerHead = defineCommand({
  usage: ['dejiren ledger head', 'print the head of the chain, to be stored elsewhere (--sign, --out FILE)'],
  takes: ['sign', 'out'],
  read: ({ sign = false, out }) => ({ sign, out }),
  run: ({ sign, out }, { print }) =>
    lookAtLedger(print, async ({ head, keys }) => {
      await toOutput(out, print, [await headDocument(head, keys, Date.now(), sign)]);
      return 0;
    }),
});
