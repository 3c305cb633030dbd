import { resolve } from 'node:path';
import { plantPlan } from '../../src/prove/plan/plan';
import { PLANTS } from '../../src/prove/plants/list';
import { type Binaries, hasStrace, isExpected, prove } from '../../src/prove/prove';
import { runStand } from '../../src/prove/run-stand';
import { createCanaries } from '../../src/prove/watch/canaries';

const place: Binaries = {
  main: resolve(__dirname, '../../dist/main.js'),
  plants: resolve(__dirname, '../../dist/plants.js'),
};
const quiet = { start() {}, step() {}, done() {} };
const strace = hasStrace();
const LONG_MS = 600_000;

describe('a trial of one question on the built program', () => {
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
