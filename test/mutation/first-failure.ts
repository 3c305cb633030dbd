import type { Circus } from '@jest/types';

const { TestEnvironment }: typeof import('jest-environment-node') = require('jest-environment-node');

/** The mutant that a test found out last. */
let foundOut: string | undefined;

/** Skips what is left once a test found a mutant out: jest cannot be told to where a program runs it, as Stryker does. */
class FirstFailure extends TestEnvironment {
  handleTestEvent(event: Circus.Event): void {
    const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
    if (mutant === undefined) return;
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') foundOut = mutant;
    else if (event.name === 'test_start' && foundOut === mutant) event.test.mode = 'skip';
  }
}

module.exports = FirstFailure;
