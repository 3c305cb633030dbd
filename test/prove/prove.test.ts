import { resolve } from 'node:path';
import { createCanaries } from './canaries';
import { plantPlan } from './plan';
import { PLANTS } from './plants/list';
import { hasStrace, isExpected, type Place, prove } from './prove';
import { runStand } from './run-stand';

const place: Place = {
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

  it.each(
    PLANTS.filter(({ name }) =>
      ['log-in-base64', 'stored-packed', 'deleted-file', 'retained-bytes', 'before-consent'].includes(name),
    )
      .filter(({ needsStrace }) => strace || needsStrace !== true)
      .map((plant) => [plant.says, plant] as const),
  )(
    'is broken where %s',
    async (_says, plant) => {
      const { verdict, findings } = await prove({ form: 'quick', plant }, place, quiet);
      expect(verdict).toBe('broken');
      expect(findings.filter((one) => isExpected(plant, one))).not.toEqual([]);
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

  // The AWS SDK keeps an error about a file that is not there, and Node's pool of small buffers is kept by constants.
  it(
    'finds no first question in memory after it was answered by Bedrock',
    async () => {
      const plan = plantPlan('memory', [{ scene: 'answer', vendor: 'bedrock' }]);
      const { findings, troubles } = await runStand(plan, {
        main: place.main,
        canaries: createCanaries(),
        vendors: ['bedrock'],
        doors: ['slack-http'],
        settings: undefined,
        extra: {},
        preload: [],
        strace: false,
        patienceMs: LONG_MS,
        progress: () => undefined,
      });
      expect({ findings, troubles }).toEqual({ findings: [], troubles: [] });
    },
    LONG_MS,
  );
});
