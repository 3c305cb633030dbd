import fs from 'node:fs';
import Module from 'node:module';
import process from 'node:process';
import { LEAKS_AT_TIMES } from './leaks-at-times';
import { keeps, LEAKS_OF_WORDS } from './leaks-of-words';
import { LEAKS_TO_PLACES } from './leaks-to-places';
import { LEAKS_TO_VENDORS } from './leaks-to-vendors';
import { PLANTS } from './list';
import type { Plant } from './plant';
import { createTaps } from './taps';

/** Loaded by Node before the program (`--require`), to plant the one leak that `PROVE_PLANT` names. */
const name = process.env.PROVE_PLANT ?? '';
const leak = { ...LEAKS_OF_WORDS, ...LEAKS_TO_VENDORS, ...LEAKS_AT_TIMES, ...LEAKS_TO_PLACES }[name];
const change = PLANTS.find((plant) => plant.name === name)?.change;
if (leak === undefined && change === undefined) throw new Error(`there is no plant “${name}”`);
leak?.(createTaps());
if (change !== undefined) changeProgram(change);
Object.assign(globalThis, { plant: { keeps } });

type Load = (module: { _compile(code: string, path: string): void }, path: string) => void;

/** Changes the program's text where Node loads it; throws where the place is not there, or is there more than once. */
function changeProgram([place, becomes]: NonNullable<Plant['change']>): void {
  const extensions = Reflect.get(Module, '_extensions') as Record<string, Load>;
  const load = extensions['.js'];
  extensions['.js'] = (module, path) => {
    if (!path.endsWith('/dejiren.js')) return load?.(module, path);
    const code = fs.readFileSync(path, 'utf8');
    const found = code.match(new RegExp(place, `${place.flags.replace('g', '')}g`))?.length ?? 0;
    if (found === 0 || (found > 1 && !place.global)) throw new Error(`the place of “${name}” is there ${found} times`);
    module._compile(code.replace(place, becomes), path);
  };
}
