import { readSettings } from '../../settings/read-settings';
import { defineCommand } from '../command';

export const serve = defineCommand({
  usage: ['dejiren', 'serve: chat platforms and the local page, as the settings say'],
  takes: [],
  read: () => ({}),
  async run(_asked, program) {
    await program.serve(readSettings());
    return undefined;
  },
});
