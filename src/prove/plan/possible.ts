import type { Case, ProvenVendor, Scene } from './matrix';

const NEEDS_OTHERS: ReadonlySet<Scene> = new Set(['bystander-agrees', 'bystander-withdraws']);
/** The local page has three members, whose cards nobody can forge, and no settings by conversation. */
const NOT_LOCAL: ReadonlySet<Scene> = new Set([
  'forged-card',
  'blocked-place',
  'guest',
  'external',
  'bot',
  'platform-refuses',
  'platform-slows',
  'platform-fails',
  'platform-resets',
]);
const NEEDS_TWO_VENDORS: ReadonlySet<Scene> = new Set(['fallback', 'other-vendor']);

type Some<Whole> = { readonly [Name in keyof Whole]?: Whole[Name] | undefined };

/** Whether there is such a case; what is not chosen yet contradicts nothing. */
export function canBe(
  { scene, door, place, way }: Some<Pick<Case, 'scene' | 'door' | 'place' | 'way'>>,
  vendors: readonly ProvenVendor[],
): boolean {
  const isSlack = door === undefined || door.startsWith('slack');
  if (door === 'local' && place === 'group') return false;
  // What stands before a slash is typed, everywhere but on Slack.
  if (!isSlack && way === 'command') return false;
  if (scene === undefined) return true;
  if (NEEDS_TWO_VENDORS.has(scene) && vendors.length < 2) return false;
  if (door === 'local' && NOT_LOCAL.has(scene)) return false;
  // Others' words can go along where dejiren reads the thread.
  if (NEEDS_OTHERS.has(scene) && (!isSlack || (place !== undefined && place !== 'thread'))) return false;
  // A card is for one person's eyes, where nobody else could press it.
  return !(scene === 'others-press' && place === 'direct' && isSlack);
}
