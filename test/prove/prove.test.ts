import { resolve } from 'node:path';
import { type Binaries, hasStrace, prove } from '../../src/prove/prove';

const place: Binaries = {
  main: resolve(__dirname, '../../dist/main.js'),
  plants: resolve(__dirname, '../../dist/plants.js'),
};
const quiet = { start() {}, step() {}, done() {} };
const strace = hasStrace();
const LONG_MS = 600_000;

describe('dejiren prove on the built program', () => {
  it(
    'holds in its quick form',
    async () => {
      const { verdict, findings, troubles, runs } = await prove({ form: 'quick' }, place, quiet);
      expect({ verdict, findings, troubles }).toEqual({ verdict: 'held', findings: [], troubles: [] });
      expect(runs).toHaveLength(7);
      for (const { plan, seen } of runs)
        expect(plan.look === 'memory' ? seen.memoryBytes : strace ? seen.systemCalls : 1).toBeGreaterThan(0);
    },
    LONG_MS,
  );

  it(
    'cannot be tried where the program does not start, and says why',
    async () => {
      const own = {
        settings: { DEJIREN_LANGUAGE: 'de' },
        available: { vendors: ['openai'], doors: ['slack-http'], scenes: ['answer'], mode: 'opt-in' },
        leftOut: [],
      } as const;
      const { verdict, troubles } = await prove({ form: 'quick', own }, place, quiet);
      expect(verdict).toBe('not-tried');
      expect(troubles.join('\n')).toContain('DEJIREN_LANGUAGE');
    },
    LONG_MS,
  );
});
