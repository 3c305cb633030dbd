import type { Ledger } from '../../src/consent/ledger';

/** A ledger in which some methods are others. */
export function ledgerWith(ledger: Ledger, others: Partial<Ledger>): Ledger {
  return {
    find: (person) => ledger.find(person),
    append: (...entry) => ledger.append(...entry),
    chooseVendor: (...choice) => ledger.chooseVendor(...choice),
    wouldTake: (person, deed) => ledger.wouldTake(person, deed),
    history: (person) => ledger.history(person),
    notice: (id) => ledger.notice(id),
    noticesAgreedTo: () => ledger.noticesAgreedTo(),
    erase: (...erasure) => ledger.erase(...erasure),
    onWithdrawal: (listener) => ledger.onWithdrawal(listener),
    verify: (signal) => ledger.verify(signal),
    seal: () => ledger.seal(),
    ...others,
  };
}
