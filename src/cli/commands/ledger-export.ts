import { defineCommand } from '../command';
import { ledgerJson, rowsCsv } from '../ledger-report';
import { toOutput } from '../output';
import { lookAtLedger } from '../whole-ledger';

/** `out`: a file to be made; without it, standard output. */
export const ledgerExport = defineCommand({
  usage: ['dejiren ledger export', 'print every row, for an auditor (--format csv|json, --out FILE)'],
  takes: ['format', 'out'],
  read({ format = 'json', out }) {
    return format === 'csv' || format === 'json' ? { format, out } : undefined;
  },
  run: ({ format, out }, { print }) =>
    lookAtLedger(print, async ({ head, audit }) => {
      const rows = audit.rows(head.seq);
      await toOutput(out, print, format === 'csv' ? rowsCsv(rows) : ledgerJson(head, rows, audit.notices()));
      return 0;
    }),
});
