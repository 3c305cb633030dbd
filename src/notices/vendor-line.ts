import type { ConsentGate } from '../consent/consent';
import type { Notice } from '../consent/notice';
import type { Person } from '../model/turn';
import type { VendorLine } from '../model/vendor-line';

/** Tells who answers a person, by the vendor in effect for them; undefined where it has no notice in force. */
export function createVendorLine(
  gate: Pick<ConsentGate, 'vendorInEffect'>,
  notices: ReadonlyMap<string, Notice>,
): (person: Person) => Promise<VendorLine | undefined> {
  return async (person) => {
    const notice = notices.get(await gate.vendorInEffect(person));
    return notice && { ...notice.route, vendorName: notice.vendorName };
  };
}
