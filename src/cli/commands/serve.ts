import { readSettings } from '../../settings/read-settings';
import { defineCommand } from '../command';

export const serve = defineCommand({
  usage: ['dejiren', 'serve the chat platforms and the local page that are set up'],
  takes: [],
  read: () => ({}),
  async run(_asked, program) {
    await program.serve(readSettings());
    return undefined;
  },
});
