import { defineCommand } from '../command';
import { reportCsv, reportJson, reportText } from '../ledger-report';
import { toOutput } from '../output';
import { lookAtLedger } from '../whole-ledger';

const FORMATS = { text: reportText, csv: reportCsv, json: reportJson } as const;
type Format = keyof typeof FORMATS;

/** `out`: a file to be made; without it, standard output. */
export const ledgerReport = defineCommand({
  usage: [
    'dejiren ledger report',
    'count the decisions by month, vendor, purpose and mode (--format text|csv|json, --out FILE)',
  ],
  takes: ['format', 'out'],
  read({ format = 'text', out }) {
    return isFormat(format) ? { format, out } : undefined;
  },
  run: ({ format, out }, { print }) =>
    lookAtLedger(print, async ({ head, audit: { decisions, standings } }) => {
      const report = { head, decisions: await decisions(), standings: await standings() };
      await toOutput(out, print, FORMATS[format](report));
      return 0;
    }),
});

function isFormat(word: string): word is Format {
  return Object.hasOwn(FORMATS, word);
}
