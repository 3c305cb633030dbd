import type { WithdrawalListener } from '../../src/consent/consent';
import type { Ledger } from '../../src/consent/ledger';
import { ledgerWith } from '../support/ledger';

/**
 * A ledger as a store across a network is one: what is written goes out, is committed there, and is acknowledged here
 * later; meanwhile everything else goes on. It keeps what the port asks of an engine, and no more. `network` stands for
 * the way there and the way back.
 */
export function ledgerAcross(ledger: Ledger, network: (way: string) => Promise<void>): Ledger {
  const listeners = new Set<WithdrawalListener>();

  async function written<Result>(write: () => Promise<Result>): Promise<Result> {
    await network('store, sent');
    const told: Parameters<WithdrawalListener>[] = [];
    const end = ledger.onWithdrawal((...withdrawal) => told.push(withdrawal));
    const writing = write();
    end();
    const result = await writing;
    await network('store, acknowledged');
    for (const withdrawal of told) for (const listener of listeners) listener(...withdrawal);
    return result;
  }

  return ledgerWith(ledger, {
    async wouldTake(person, deed) {
      await network('store, asked');
      const taking = await ledger.wouldTake(person, deed);
      await network('store, answered');
      return taking;
    },
    append: (...entry) => written(() => ledger.append(...entry)),
    erase: (...erasure) => written(() => ledger.erase(...erasure)),
    onWithdrawal(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
}
