import { type Act, stampOf, write } from './act';
import type { LedgerRow } from './chain/row';
import type { LedgerEntry } from './ledger';
import type { Notice } from './notice';

/**
 * Whether somebody was ever shown what this notice says, on any replica, before any restart: the ledger's rows about
 * them tell. A notice that says the same in other words counts as this one.
 */
export async function wasShown({ parts, person }: Act, notice: Notice): Promise<boolean> {
  const history = await parts.ledger.history(person);
  return history.some(
    ({ row, notice: served }) =>
      row.vendor === notice.vendor &&
      isShowing(row) &&
      (row.noticeId === notice.id || served?.materialId === notice.materialId),
  );
}

/** A button stands on a card that shows the notice; who types a command may never have seen it. */
function isShowing({ event, surface }: LedgerRow): boolean {
  return event === 'notice-shown' || (event === 'granted' && surface !== 'command');
}

/** Whether somebody may agree to a notice without a look at it: they had one, or the organisation asks for none. */
export async function isRead(act: Act, notice: Notice): Promise<boolean> {
  return !act.parts.noticeFirst || (await wasShown(act, notice));
}

/** Writes down that a notice was shown. Where the act comes again nothing is, and the notice is shown all the same. */
export async function writeShown(act: Act, notice: Notice): Promise<void> {
  const { vendor, id: noticeId } = notice;
  const entry: LedgerEntry = {
    ...stampOf(act),
    event: 'notice-shown',
    vendor,
    purpose: 'use',
    noticeId,
    validUntil: 0,
  };
  await write(act, [entry], [notice], { input: act.origin.input, did: undefined, about: [vendor] });
}
