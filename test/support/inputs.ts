import type { Admission, TurnRegister } from '../../src/dispatch/admit';
import type { InputKey } from '../../src/model/inputs';

/** A register in memory; `failed` inputs may come again. `lookUp` tells what came of an input. */
export function aRegister(admission: () => Admission | Promise<Admission> = () => 'admitted'): TurnRegister & {
  lookUp(id: string): 'held' | 'done' | undefined;
} {
  const known = new Map<string, 'held' | 'done'>();
  const keyOf = ({ platform, tenant, id }: InputKey): string => JSON.stringify([platform, tenant, id]);
  return {
    admit: async () => admission(),
    async take(input) {
      if (known.has(keyOf(input))) return 'repeated';
      known.set(keyOf(input), 'held');
      return 'taken';
    },
    async settle(input, end) {
      if (end === 'done') known.set(keyOf(input), 'done');
      else known.delete(keyOf(input));
    },
    lookUp: (id) => [...known].find(([key]) => JSON.parse(key)[2] === id)?.[1],
  };
}
