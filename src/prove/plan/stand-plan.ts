import type { Mode } from '../judge/consent-model';
import { caseIdOf } from '../watch/canaries';
import {
  type Case,
  DOINGS,
  DOORS,
  type Door,
  EARLIER,
  type End,
  LANGUAGES,
  LENGTHS,
  OPT_OUTS,
  OUTCOMES,
  type ProvenVendor,
  RESTARTS,
  type Scene,
  type Surroundings,
  VENDORS,
  WAYS,
} from './matrix';

/** One run of the program, and what is done to it. */
export interface StandPlan {
  readonly name: string;
  readonly surroundings: Surroundings;
  readonly slack: 'http' | 'socket';
  readonly mode: Mode;
  readonly cases: readonly Case[];
  /** Started a second time in the same folders, with a notice changed: each case has a part before and one after. */
  readonly restarts: boolean;
  /** What ends it, while every one of these is in the middle of an answer. */
  readonly end: End;
  readonly cutShort: readonly Case[];
  /** Milliseconds that nothing is asked before the end: what is done later, after an answer, is waited for. */
  readonly settleMs: number;
  /** `memory`: its memory is looked through in place of its system calls. */
  readonly look: 'system-calls' | 'memory';
}

/** What can be tried. */
export interface Available {
  readonly vendors: readonly ProvenVendor[];
  readonly doors: readonly Door[];
  readonly scenes: readonly Scene[];
  readonly mode: Mode;
  /** Whether people from outside may agree; undefined: where the trial's own settings say so, in opt-out. */
  readonly admitsExternals?: boolean;
}

export const EVERYTHING: Available = {
  vendors: VENDORS,
  doors: DOORS,
  scenes: [...OUTCOMES, ...DOINGS, ...RESTARTS, ...OPT_OUTS],
  mode: 'opt-in',
};

/** A case without its name. */
export type Row = Omit<Case, 'id'>;

/** The environment, and how Slack is connected. */
export interface Around {
  readonly surroundings: Surroundings;
  readonly slack: 'http' | 'socket';
}

/** A run whose cases have no names yet. */
export interface Draft extends Omit<StandPlan, 'cases' | 'cutShort'> {
  readonly rows: readonly Row[];
  readonly cut: readonly Row[];
}

/** The plainest question. */
export const PLAIN = { length: 'short', earlier: 0 } as const;
export const USUAL: Row = {
  scene: 'answer',
  vendor: 'openai',
  door: 'slack-http',
  place: 'thread',
  language: 'en',
  way: 'command',
  ...PLAIN,
};
/** The plainest run. */
export const STAND = {
  mode: 'opt-in',
  restarts: false,
  end: 'SIGTERM',
  cutShort: [],
  settleMs: 0,
  look: 'system-calls',
} as const;

/** How a question is asked, another way for each index. */
export function variantOf(index: number): Omit<Row, 'scene' | 'vendor' | 'door'> {
  const pick = <Value>(values: readonly [Value, ...Value[]], by: number): Value =>
    values[Math.floor(index / by) % values.length] ?? values[0];
  return {
    place: 'thread',
    language: pick(LANGUAGES, 1),
    length: pick(LENGTHS, 5),
    earlier: pick(EARLIER, 2),
    way: pick(WAYS, 3),
  };
}

/** Gives every case of all runs a name of its own. */
export function numbered(drafts: readonly Draft[]): readonly StandPlan[] {
  let count = 0;
  const named = (row: Row): Case => ({ id: caseIdOf(count++), ...row });
  return drafts.map(({ rows, cut, ...stand }) => ({ ...stand, cases: rows.map(named), cutShort: cut.map(named) }));
}

/** Whether somebody can come by this door in such a run; what is not chosen yet contradicts nothing. */
export function fits(door: Door | undefined, stand: Around | undefined): boolean {
  return door === undefined || stand === undefined || !door.startsWith('slack') || door === `slack-${stand.slack}`;
}

/** The doors that are open in a run with Slack connected so. */
export function reaches(doors: readonly Door[], slack: 'http' | 'socket'): readonly Door[] {
  const isSlack = (door: Door): boolean => door.startsWith('slack');
  const here = doors.filter((door) => !isSlack(door) || door === `slack-${slack}`);
  // A second run for a way of connecting Slack that is not there would try nothing new.
  const isElsewhere = doors.some(isSlack) && !here.some(isSlack);
  return isElsewhere || (slack === 'socket' && !doors.some(isSlack)) ? [] : here;
}
