import { REMOTE_VENDORS, type RemoteVendor } from '../doubles/vendors';

/** The dimensions that a trial is made of. `words.ts` has what people call them. */

export const VENDORS = REMOTE_VENDORS;
export type ProvenVendor = RemoteVendor;

export const DOORS = ['slack-http', 'slack-socket', 'teams', 'local'] as const;
/** The way by which people reach dejiren. */
export type Door = (typeof DOORS)[number];

export const CHAT_KINDS = ['direct', 'thread', 'channel', 'group'] as const;
/** The kind of conversation. `channel`: each question begins a thread of its own. */
export type ChatKind = (typeof CHAT_KINDS)[number];

/** What becomes of a question that may go. */
export const OUTCOMES = [
  'answer',
  'refusal',
  'echo',
  'rate-limited',
  'server-error',
  'retry',
  'fallback',
  'reset',
  'malformed',
  'timeout',
  'cut',
  'filtered',
  'stop',
  'withdrawal',
  'platform-refuses',
  'platform-slows',
  'platform-fails',
  'platform-resets',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What people do about their consent, and who they are: the question goes, or must not, by that. */
export const DOINGS = [
  'looks-around',
  'other-vendor',
  'withdraws-by-button',
  'withdraws-by-typing',
  'withdraws-from-all',
  'agrees-again',
  'keeps-record',
  'erases-record',
  'forged-card',
  'others-press',
  'bystander-agrees',
  'bystander-withdraws',
  'blocked-place',
  'guest',
  'external',
  'bot',
] as const;
export type Doing = (typeof DOINGS)[number];

/** What is begun before the program is started again under a changed notice, and ended after it. */
export const RESTARTS = ['notice-same', 'notice-changed', 'stale-card', 'training', 'stays-withdrawn'] as const;
export type Restart = (typeof RESTARTS)[number];

/** What is played where a notice that was shown is enough, and people from outside may agree. */
export const OPT_OUTS = ['opt-out', 'opt-out-withdraws', 'opt-out-guest'] as const;
export type OptOut = (typeof OPT_OUTS)[number];

export type Scene = Outcome | Doing | Restart | OptOut;

export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** `long`: more than one piece on the wire, and more than one message of an answer. */
export const LENGTHS = ['short', 'long'] as const;
export type Length = (typeof LENGTHS)[number];

/** How many questions of the same person were answered before. */
export const EARLIER = [0, 1, 2] as const;
export type Earlier = (typeof EARLIER)[number];

/** How somebody agrees: the slash command, the command as a message, the button of a card. */
export const WAYS = ['command', 'typed', 'button'] as const;
export type Way = (typeof WAYS)[number];

export interface Case {
  readonly id: string;
  readonly scene: Scene;
  readonly vendor: ProvenVendor;
  readonly door: Door;
  readonly place: ChatKind;
  readonly language: Language;
  readonly length: Length;
  readonly earlier: Earlier;
  readonly way: Way;
}

export const ENDS = ['SIGTERM', 'SIGKILL', 'SIGINT'] as const;
export type End = (typeof ENDS)[number];

export const SURROUNDINGS = ['plain', 'hostile'] as const;
/** `hostile`: the environment asks every library, and Node, to print what passes through it. */
export type Surroundings = (typeof SURROUNDINGS)[number];

/** Scenes in which no question may reach the vendor at all. */
const NOTHING_GOES: ReadonlySet<Scene> = new Set(['blocked-place', 'guest', 'external', 'bot']);
/** Scenes in which no word of an answer need come to the chat. */
const NOTHING_COMES: ReadonlySet<Scene> = new Set([
  'refusal',
  'echo',
  'rate-limited',
  'server-error',
  'filtered',
  'platform-refuses',
]);

/** Whether the question has to reach its vendor, for the scene to have been tried. */
export function reachesVendor(scene: Scene): boolean {
  return !NOTHING_GOES.has(scene);
}

export function isAnswered(scene: Scene): boolean {
  return reachesVendor(scene) && !NOTHING_COMES.has(scene);
}

/** The other person of a case's conversation, as the trial's idea of consent knows them. */
export function otherOf({ id }: Pick<Case, 'id'>): string {
  return `${id}/other`;
}
