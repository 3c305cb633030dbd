import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand } from '../command';

export const version = defineCommand({
  usage: ['dejiren --version', 'print the version'],
  takes: [],
  read: () => ({}),
  async run(_asked, { print, root }) {
    print(String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version));
    return 0;
  },
});
