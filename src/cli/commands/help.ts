import { defineCommand } from '../command';

export const help = defineCommand({
  usage: ['dejiren --help', 'this text'],
  takes: [],
  read: () => ({}),
  async run(_asked, { print, usage }) {
    print(usage);
    return 0;
  },
});
