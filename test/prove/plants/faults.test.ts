import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FAULTS } from '../../../src/prove/plants/faults';

describe('a fault that is planted in the program', () => {
  const code = readFileSync(resolve(__dirname, '../../../dist/dejiren.js'), 'utf8');

  it.each(FAULTS.map(({ name, change }) => [name, change] as const))('has its place there: %s', (_name, change) => {
    const [place, becomes] = change ?? [/(?!)/u, ''];
    const found = code.match(new RegExp(place, `${place.flags.replace('g', '')}g`)) ?? [];
    expect(place.global ? Math.min(found.length, 1) : found.length).toBe(1);
    expect(code.replace(place, becomes)).not.toBe(code);
  });
});
