import type { ProvenVendor } from '../plan/matrix';

/** How many requests each vendor had had at a moment. */
export type Counts = Readonly<Partial<Record<ProvenVendor, number>>>;

export type Standing = 'member' | 'guest' | 'external' | 'bot';
export type Mode = 'opt-in' | 'opt-out';
export type Purpose = 'use' | 'training';

/** Something that changes what may go to whom. People are told by a name of the trial's own. */
export type Change =
  /** The rules of the organisation, from now on. */
  | { readonly kind: 'rules'; readonly mode: Mode; readonly admitsExternals: boolean }
  /** A vendor's notice, from now on. `shares`: what goes may be used for training. */
  | { readonly kind: 'notice'; readonly vendor: ProvenVendor; readonly id: string; readonly shares: boolean }
  /** The organisation forbids this conversation to every vendor. */
  | { readonly kind: 'blocked'; readonly conversation: string }
  | { readonly kind: 'came'; readonly person: string; readonly standing: Standing }
  /** A notice was put before somebody, who said nothing to it. */
  | { readonly kind: 'shown'; readonly person: string; readonly vendor: ProvenVendor }
  | {
      readonly kind: 'agreed';
      readonly person: string;
      readonly vendor: ProvenVendor;
      readonly purposes: readonly Purpose[];
    }
  /** `vendor` undefined: from all. */
  | { readonly kind: 'withdrew'; readonly person: string; readonly vendor?: ProvenVendor }
  | { readonly kind: 'erased'; readonly person: string }
  /** Somebody stopped the answer that was under way. It changes nothing of what may go. */
  | { readonly kind: 'stopped'; readonly person: string };

/** A change, and how many requests each vendor had had when it came into force. */
export type Act = Change & { readonly counts: Counts };

/** One person's words at one vendor. */
export interface Going {
  readonly person: string;
  readonly vendor: ProvenVendor;
  readonly conversation: string;
}

/** Why words must not go. */
export type Objection =
  | 'never-agreed'
  | 'vendor-not-agreed'
  | 'withdrawn'
  | 'stale-notice'
  | 'training-not-agreed'
  | 'not-admitted'
  | 'no-person'
  | 'blocked';

type Word =
  | { readonly said: 'agreed' | 'shown'; readonly notice: string; readonly purposes: ReadonlySet<Purpose> }
  | { readonly said: 'withdrew' };

interface State {
  mode: Mode;
  admitsExternals: boolean;
  readonly notices: Map<ProvenVendor, { readonly id: string; readonly shares: boolean }>;
  readonly blocked: Set<string>;
  readonly standings: Map<string, Standing>;
  /** What each person said last about each vendor. */
  readonly words: Map<string, Map<ProvenVendor, Word>>;
}

/**
 * The trial's own idea of consent, made without a line of the program's: who said what to which vendor's notice, as it
 * was said. Undefined: these words may go. What nobody ever said a word about must not.
 */
export function objectionTo(going: Going, changes: readonly Change[]): Objection | undefined {
  const state = stateAfter(changes);
  if (state.blocked.has(going.conversation)) return 'blocked';
  const standing = state.standings.get(going.person);
  if (standing === undefined || standing === 'bot') return 'no-person';
  if (standing !== 'member' && !state.admitsExternals) return 'not-admitted';
  const words = state.words.get(going.person);
  const word = words?.get(going.vendor);
  const notice = state.notices.get(going.vendor);
  if (word === undefined || notice === undefined)
    return [...(words?.values() ?? [])].some(({ said }) => said === 'agreed') ? 'vendor-not-agreed' : 'never-agreed';
  if (word.said === 'withdrew') return 'withdrawn';
  const isEnough = word.said === 'agreed' || (state.mode === 'opt-out' && standing === 'member');
  if (!isEnough) return 'never-agreed';
  if (word.notice !== notice.id) return 'stale-notice';
  return notice.shares && !word.purposes.has('training') ? 'training-not-agreed' : undefined;
}

/** The changes that were in force when a vendor got its request with this number. */
export function inForceAt(acts: readonly Act[], vendor: ProvenVendor, index: number): readonly Change[] {
  return acts.filter(({ counts }) => (counts[vendor] ?? 0) <= index);
}

function stateAfter(changes: readonly Change[]): State {
  const state: State = {
    mode: 'opt-in',
    admitsExternals: false,
    notices: new Map(),
    blocked: new Set(),
    standings: new Map(),
    words: new Map(),
  };
  for (const change of changes) apply(change, state);
  return state;
}

function apply(change: Change, state: State): void {
  const say = (person: string, vendor: ProvenVendor, word: Word): void => {
    const words = state.words.get(person) ?? new Map<ProvenVendor, Word>();
    state.words.set(person, words.set(vendor, word));
  };
  switch (change.kind) {
    case 'rules':
      state.mode = change.mode;
      state.admitsExternals = change.admitsExternals;
      return;
    case 'notice':
      state.notices.set(change.vendor, { id: change.id, shares: change.shares });
      return;
    case 'blocked':
      state.blocked.add(change.conversation);
      return;
    case 'came':
      state.standings.set(change.person, change.standing);
      return;
    case 'erased':
      state.words.delete(change.person);
      return;
    case 'stopped':
      return;
    case 'withdrew': {
      const { person, vendor } = change;
      const vendors = vendor === undefined ? [...state.notices.keys()] : [vendor];
      for (const one of vendors) say(person, one, { said: 'withdrew' });
      return;
    }
    case 'shown':
    case 'agreed': {
      const { person, vendor } = change;
      const notice = state.notices.get(vendor)?.id ?? '';
      const before = state.words.get(person)?.get(vendor);
      // To look at a notice takes nothing back, and gives nothing back that was withdrawn.
      if (change.kind === 'shown' && before !== undefined && before.said !== 'shown') return;
      const kept = before?.said === 'agreed' && before.notice === notice ? before.purposes : [];
      const purposes = new Set([...kept, ...(change.kind === 'agreed' ? change.purposes : [])]);
      say(person, vendor, { said: change.kind, notice, purposes });
    }
  }
}
