import process from 'node:process';
import { isFailure } from '../../model/errors';
import { readSettings } from '../../settings/read-settings';
import type { Settings } from '../../settings/settings';
import { defineCommand } from '../command';
import { counted } from '../counted';
import { type Check, type Finding, runDoctor } from '../doctor';
import { installationOf, looking } from '../installation';
import { refusalLines } from '../refusal';
import { roomFor } from '../room';

export const doctor = defineCommand({
  usage: ['dejiren doctor', 'check the settings, the data folder and the ledger'],
  takes: [],
  read: () => ({}),
  async run(_asked, { print }) {
    return (await runDoctor(checks(), print)) ? 0 : 1;
  },
});

const UNSEEN: Finding = { well: false, found: 'not checked', advice: 'Fix the settings first.' };

/** In order: those after the settings need them. */
function checks(): readonly Check[] {
  let settings: Settings | undefined;
  const withSettings = (look: (settings: Settings) => Promise<Finding>) => async (): Promise<Finding> =>
    settings === undefined ? UNSEEN : look(settings);
  return [
    { name: 'Node', run: async () => lookAtNode() },
    {
      name: 'Settings',
      async run() {
        try {
          settings = readSettings();
          return { well: true, found: 'OK' };
        } catch (error) {
          return { well: false, found: 'wrong', advice: refusalLines(error).join('\n    ') };
        }
      },
    },
    { name: 'Data folder', run: withSettings(lookAtFolder) },
    { name: 'Store and ledger', run: withSettings(lookAtStore) },
  ];
}

function lookAtNode(): Finding {
  return {
    well: Number(process.versions.node.split('.')[0]) >= 24,
    found: process.versions.node,
    advice: 'Node 24 or newer is required; the npm scripts bring their own.',
  };
}

async function lookAtFolder({ databasePath }: Settings): Promise<Finding> {
  const room = roomFor(databasePath);
  const found = { enough: 'writable', 'not-writable': 'not writable', full: 'on a disk that is full' };
  return { well: room === 'enough', found: found[room], advice: 'Check DEJIREN_DATA_DIR, its owner and its disk.' };
}

async function lookAtStore(settings: Settings): Promise<Finding> {
  const result = await looking(installationOf(settings), async (store) => store?.ledger.verify()).catch(
    (error: unknown) => {
      if (isFailure(error, 'store', 'older-schema')) return error.code;
      throw error;
    },
  );
  if (result === undefined) return { well: true, found: `none yet: the first start creates ${settings.databasePath}` };
  if (result === 'older-schema') return { well: true, found: 'from an earlier version: the next start upgrades it' };
  if (result.intact) return { well: true, found: `${counted(result.head.seq, 'row')}, chain intact` };
  return {
    well: false,
    found: `${result.code} at row ${result.seq}`,
    advice:
      result.code === 'head-unsealed'
        ? 'The ledger is from an earlier version. Seal it with dejiren ledger seal; until then nothing is sent.'
        : 'Restore a backup. Nothing is sent while the ledger is broken.',
  };
}
