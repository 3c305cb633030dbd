import { existsSync } from 'node:fs';
import { dataKey } from '../../settings/data-key';
import { readSettings } from '../../settings/read-settings';
import { openStore } from '../../store/open-store';
import { defineCommand } from '../command';
import { counted } from '../counted';
import { silentLog } from '../silent-log';
import { brokenLine, noLedger } from '../whole-ledger';

/** The one command that writes to the ledger. */
export const ledgerSeal = defineCommand({
  usage: ['dejiren ledger seal', 'seal the ledger of an earlier version, whose head has no seal yet'],
  takes: [],
  read: () => ({}),
  async run(_asked, { print }) {
    const settings = readSettings();
    if (!existsSync(settings.databasePath)) throw noLedger(settings);
    const store = await openStore({ path: settings.databasePath, secret: dataKey(settings), log: silentLog });
    const result = await store.ledger.seal();
    await store.close();
    print(
      result.intact
        ? `The head is sealed: ${counted(result.head.seq, 'row')}, head ${result.head.hash}`
        : brokenLine(result),
    );
    return result.intact ? 0 : 1;
  },
});
