import { type Act, PURPOSES, stampOf, subjectOf, vendorsOf, vendorUnknown, write } from './act';
import type { ConsentView } from './consent';
import { type Deed, EVERY_VENDOR } from './deed';
import type { LedgerEntry, Subject } from './ledger';
import type { Notice } from './notice';
import { isRead } from './shown';
import { asItStands, stateOf, statusOf } from './vendor-states';

/** What came of a withdrawal. `ended`: what was being answered is not to go on. */
interface Withdrawn {
  readonly view: ConsentView;
  readonly ended: boolean;
}

/** What is withdrawn from: one vendor, or every vendor, those to come included. */
interface Targets {
  readonly vendors: readonly string[];
  readonly all: boolean;
}

/** How a purpose stands of which nothing is on record. */
const OTHERWISE = { use: 'none', training: 'withdrawn' } as const;

/** Takes back what somebody agreed to. `named` undefined, or `all`: from every vendor, those to come included. */
export async function withdraw(act: Act, named: string | undefined): Promise<ConsentView> {
  const all = named === undefined || named === 'all';
  return ending(act, all ? undefined : named, async (end) => {
    const subject = await subjectOf(act);
    const everyVendor = new Set([...vendorsOf(act), ...(subject?.vendors ?? [])]);
    if (!all && !everyVendor.has(named)) return { ended: false, view: vendorUnknown(act) };
    return writeWithdrawal(act, subject, { vendors: all ? [...everyVendor] : [named], all }, end);
  });
}

/** Forgets somebody: everything that the ledger holds of them is nobody's afterwards. */
export async function erase(act: Act): Promise<ConsentView> {
  return ending(act, undefined, async (end) => {
    const { ledger, policy, now } = act.parts;
    const before = await subjectOf(act);
    const about = [...new Set([...vendorsOf(act), ...(before?.vendors ?? []), EVERY_VENDOR])];
    const deed: Deed = { input: act.origin.input, did: 'took', about, whole: true };
    if (await wouldTake(act, deed)) end();
    const origin = { ...act.origin, mode: policy.mode(act.person.tenant), at: now() };
    const taking = await ledger.erase(act.person, origin, deed);
    if (taking === 'taken') return { ended: true, view: { kind: 'erased' } };
    const subject = await subjectOf(act);
    return { ended: false, view: subject === undefined ? { kind: 'erased' } : statusOf(act, subject) };
  });
}

/**
 * Ends what is being answered once more after a withdrawal, for answers that began meanwhile; and where it cannot be
 * written down, so that at least these end.
 */
async function ending(
  { parts, person }: Act,
  vendor: string | undefined,
  work: (end: () => void) => Promise<Withdrawn>,
): Promise<ConsentView> {
  const end = (): void => parts.onWithdrawal(person, vendor);
  let ended = true;
  try {
    const withdrawn = await work(end);
    ended = withdrawn.ended;
    return withdrawn.view;
  } finally {
    if (ended) end();
  }
}

async function writeWithdrawal(
  act: Act,
  subject: Subject | undefined,
  { vendors, all }: Targets,
  end: () => void,
): Promise<Withdrawn> {
  const { notices } = act.parts;
  const about = all ? [...vendors, EVERY_VENDOR] : vendors;
  const deed: Deed = { input: act.origin.input, did: 'took', about };
  const entries = vendors.flatMap((vendor) => entriesFor(act, subject, vendor));
  if (await wouldTake(act, deed)) end();
  const taking = await write(act, entries, [], deed);
  if (taking !== 'taken') return { ended: false, view: await asItStands(act, await subjectOf(act), vendors) };
  const view = {
    kind: 'withdrawn',
    vendors: vendors.map((vendor) => notices.get(vendor)?.vendorName ?? vendor),
    all,
    already: vendors.every((vendor) => isWithdrawn(subject, vendor)),
    undo: await undoOf(act, subject, vendors),
  } as const;
  return { ended: true, view };
}

/** The notice to agree to again: of the one vendor that they had agreed to, or that they named and know the notice of. */
async function undoOf(act: Act, before: Subject | undefined, vendors: readonly string[]): Promise<Notice | undefined> {
  const agreed = vendors.filter((vendor) => ['agreed', 'notice-shown'].includes(stateOf(act, before, vendor)));
  if (agreed.length > 0) return agreed.length === 1 ? act.parts.notices.get(agreed[0] ?? '') : undefined;
  const notice = vendors.length === 1 ? act.parts.notices.get(vendors[0] ?? '') : undefined;
  return notice !== undefined && (await isRead(act, notice)) ? notice : undefined;
}

/** Of what is withdrawn as well: it may be agreed to by the time that this is written. */
function entriesFor(act: Act, subject: Subject | undefined, vendor: string): readonly LedgerEntry[] {
  const noticeId = act.parts.notices.get(vendor)?.id ?? '';
  return PURPOSES.filter((purpose) => purpose === 'use' || subject?.standing(vendor, purpose) !== undefined).map(
    (purpose) => ({ ...stampOf(act), event: 'withdrawn', vendor, purpose, noticeId, validUntil: 0 }),
  );
}

function isWithdrawn(subject: Subject | undefined, vendor: string): boolean {
  return PURPOSES.every((purpose) => (subject?.standing(vendor, purpose)?.event ?? OTHERWISE[purpose]) === 'withdrawn');
}

/**
 * Nobody waits for the write: what is being answered ends as soon as it is clear that it has to. Where that cannot be
 * told, the withdrawal is written down all the same, and ends it then.
 */
function wouldTake({ parts, person }: Act, deed: Deed): boolean | Promise<boolean> {
  if (deed.input === undefined) return true;
  return parts.ledger.wouldTake(person, deed).then(
    (taking) => taking === 'taken',
    () => false,
  );
}
