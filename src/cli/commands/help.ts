import { defineCommand } from '../command';

export const help = defineCommand({
  usage: ['dejiren --help', 'print this help'],
  takes: [],
  read: () => ({}),
  async run(_asked, { print, usage }) {
    print(usage);
    return 0;
  },
});
