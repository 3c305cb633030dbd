import type { ConsentPerson, WithdrawalListener } from '../consent/consent';
import { type Accepted, type Deed, EVERY_VENDOR } from '../consent/deed';

/** Who is told of withdrawals, on this replica. */
export class WithdrawalListeners {
  private readonly listeners = new Set<WithdrawalListener>();

  /** Returns what ends it. */
  add(listener: WithdrawalListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** `vendors`: those that somebody withdrew from; with {@link EVERY_VENDOR} among them, from all. */
  tell(person: ConsentPerson, vendors: ReadonlySet<string>): void {
    const from = vendors.has(EVERY_VENDOR) ? [undefined] : vendors;
    for (const vendor of from) for (const listener of this.listeners) listener(person, vendor);
  }
}

const NOTHING: ReadonlySet<string> = new Set();

/** The vendors that a deed withdrew from. Where a newer word stands about one of them, it was not from all of them. */
export function withdrawnBy({ did }: Pick<Deed, 'did'>, { taking, about }: Accepted): ReadonlySet<string> {
  if (did !== 'took') return NOTHING;
  return taking === 'taken' ? about : new Set([...about].filter((vendor) => vendor !== EVERY_VENDOR));
}
