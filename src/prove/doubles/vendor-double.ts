import type { FakeVendor } from './vendor-server';
import type { WirePromise } from './wire-promise';

type Environment = Readonly<Record<string, string>>;

/** A vendor on this machine, and the settings that lead the program there. */
export interface StartedVendor {
  readonly fake: FakeVendor;
  readonly env: Environment;
  /** Names of `env` whose values are secrets, which no one else may get to see. */
  readonly secrets: readonly string[];
  /** What the notice and these settings promise of its requests. */
  readonly promise: WirePromise;
}

/** How the prover, and the tests of the whole program, play one vendor. `vendors.ts` has one for each. */
export interface VendorDouble {
  /** What reports call it. */
  readonly name: string;
  /** The setting that an operator has where the vendor is set up. */
  readonly setUpBy: string;
  /** `secret` makes a key that nobody may see. */
  start(secret: () => string): Promise<StartedVendor>;
  /** Settings of the vendor's that an operator's own trial keeps: what they change is seen on the wire, or in the notice. */
  readonly keeps: readonly string[];
  /** Settings that make its notice another one, given those before; undefined where none can. */
  changed?(before: Environment): Environment;
  /** Whether its notice says, under these settings, that the vendor may train on what goes. */
  mayTrain?(env: Environment): boolean;
}
