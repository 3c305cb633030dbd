import { readSettings } from '../../settings/read-settings';
import { defineCommand } from '../command';
import { installationOf, looking } from '../installation';
import { diffLines, servedSince } from '../notices';
import { noticesHere } from '../notices-here';

/** `since`: the beginning of a notice's number, or all of it; without it, the notices that people agreed to last. */
export const noticesDiff = defineCommand({
  usage: [
    'dejiren notices diff',
    'show what changed since the notices that people agreed to (--since NUMBER: since that one)',
  ],
  takes: ['since'],
  read: ({ since }) => ({ since }),
  async run({ since }, { print }) {
    const settings = readSettings();
    const inForce = await noticesHere(settings);
    const served = await looking(installationOf(settings), async (store) =>
      servedSince(since, store?.ledger ?? NOTHING_SERVED),
    );
    print(...(served === undefined ? [`No notice that was served begins with ${since}.`] : diffLines(served, inForce)));
    return served === undefined ? 1 : 0;
  },
});

const NOTHING_SERVED = { notice: async () => undefined, noticesAgreedTo: async () => [] };
