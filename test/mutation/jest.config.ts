import type { Config } from 'jest';

const whole: Config = require('../../jest.config.ts');
const folders = (process.env.DEJIREN_MUTATION_TESTS ?? 'test').split(',');

/** The tests that `run.ts` tries mutants against. */
const config: Config = {
  ...whole,
  rootDir: '../..',
  roots: folders.map((folder) => `<rootDir>/${folder}`),
  // A mutant that lets a test wait for ever is found out soon.
  testTimeout: 10_000,
  maxWorkers: 1,
};

export default config;
