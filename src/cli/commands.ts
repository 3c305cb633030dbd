import type { Command } from './command';
import { doctor } from './commands/doctor';
import { help } from './commands/help';
import { ledgerExport } from './commands/ledger-export';
import { ledgerHead } from './commands/ledger-head';
import { ledgerReport } from './commands/ledger-report';
import { ledgerSeal } from './commands/ledger-seal';
import { ledgerVerify } from './commands/ledger-verify';
import { noticesCheck } from './commands/notices-check';
import { noticesDiff } from './commands/notices-diff';
import { prove } from './commands/prove';
import { receiptVerify } from './commands/receipt-verify';
import { serve } from './commands/serve';
import { version } from './commands/version';

/** Every command by its name, which is the words that are typed. In the order of the help. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  serve,
  doctor,
  prove,
  'ledger verify': ledgerVerify,
  'ledger head': ledgerHead,
  'ledger seal': ledgerSeal,
  'ledger report': ledgerReport,
  'ledger export': ledgerExport,
  'receipt verify': receiptVerify,
  'notices check': noticesCheck,
  'notices diff': noticesDiff,
  version,
  help,
};

export const USAGE = `${Object.values(COMMANDS)
  .map(({ usage: [typed, does] }) => `${typed.padEnd(22)}   ${does}`)
  .join('\n')}

Settings come from the environment and .env; .env.example lists them all.`;
