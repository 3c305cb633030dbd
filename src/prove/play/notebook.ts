import type { Act, Change, Counts, Mode, Standing } from '../judge/consent-model';
import { type Case, otherOf, type ProvenVendor, type Scene } from '../plan/matrix';

/** What the trial writes down of who agreed to what, while it is being done. */
export interface Notebook {
  readonly acts: readonly Act[];
  note(change: Change, counts?: Counts): void;
  /** Somebody takes a seat. */
  came(one: Case): void;
  /** A vendor's notice is another one from now on. */
  changed(vendor: ProvenVendor, shares: boolean): void;
  shares(vendor: ProvenVendor): boolean;
}

export interface NotebookParts {
  readonly vendors: readonly ProvenVendor[];
  readonly mode: Mode;
  readonly admitsExternals: boolean;
  /** Vendors that say from the start that they may train on what goes. */
  readonly sharing: readonly ProvenVendor[];
  readonly counts: () => Counts;
}

const STANDINGS: Partial<Readonly<Record<Scene, Standing>>> = {
  guest: 'guest',
  external: 'external',
  bot: 'bot',
  'opt-out-guest': 'guest',
};

export function standingIn(scene: Scene): Standing {
  return STANDINGS[scene] ?? 'member';
}

export function createNotebook({ vendors, mode, admitsExternals, sharing, counts }: NotebookParts): Notebook {
  const acts: Act[] = [{ kind: 'rules', mode, admitsExternals, counts: {} }];
  const shares = new Map(vendors.map((vendor) => [vendor, sharing.includes(vendor)]));
  let notices = 0;
  const note: Notebook['note'] = (change, since = counts()) => void acts.push({ ...change, counts: since });
  const changed: Notebook['changed'] = (vendor, may) => {
    shares.set(vendor, may);
    notices += 1;
    note({ kind: 'notice', vendor, id: `notice ${notices}`, shares: may });
  };
  for (const vendor of vendors) changed(vendor, sharing.includes(vendor));
  return {
    acts,
    note,
    came(one) {
      note({ kind: 'came', person: one.id, standing: standingIn(one.scene) });
      note({ kind: 'came', person: otherOf(one), standing: 'member' });
      if (one.scene === 'blocked-place') note({ kind: 'blocked', conversation: one.id });
    },
    changed,
    shares: (vendor) => shares.get(vendor) ?? false,
  };
}
