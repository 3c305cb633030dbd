import type { Config } from 'jest';

const whole: Config = require('../../jest.config.ts');

/** The tests that `run.ts` tries mutants against. */
const config: Config = {
  ...whole,
  rootDir: '../..',
  testMatch: [`<rootDir>/${process.env.DEJIREN_MUTATION_TESTS ?? '**/*.test.ts'}`],
  testEnvironment: `${__dirname}/first-failure.ts`,
  // A mutant that lets a test wait for ever is found out soon.
  testTimeout: 4_000,
  maxWorkers: 1,
};

module.exports = config;
