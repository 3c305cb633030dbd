import { REMOTE_VENDORS, VENDOR_DOUBLES } from '../doubles/vendors';
import type { ChatKind, Door, ProvenVendor, Scene } from './matrix';

/** What people call the parts of the matrix. */
export const SCENE_WORDS: Readonly<Record<Scene, string>> = {
  answer: 'an answer',
  refusal: 'refused (400)',
  echo: 'refused, echoing the question',
  'rate-limited': 'too many requests (429)',
  'server-error': 'server error (500)',
  retry: 'unavailable (503), then an answer',
  fallback: 'unavailable, then another vendor',
  reset: 'connection reset in mid-answer',
  malformed: 'malformed chunk',
  timeout: 'silence in mid-answer',
  cut: 'cut at the length limit',
  filtered: 'taken back by the filter',
  stop: 'Stop in mid-answer',
  withdrawal: 'withdrawal in mid-answer',
  'platform-refuses': 'platform refuses the answer',
  'platform-slows': 'platform asks to wait (429)',
  'platform-fails': 'platform fails (5xx)',
  'platform-resets': 'platform hangs up',
  'looks-around': 'looks at everything, agrees later',
  'other-vendor': 'chooses a vendor not agreed to',
  'withdraws-by-button': 'withdraws by a button',
  'withdraws-by-typing': 'withdraws by a message',
  'withdraws-from-all': 'withdraws everything',
  'agrees-again': 'withdraws and agrees again',
  'keeps-record': 'exports, does not erase',
  'erases-record': 'erases their record',
  'forged-card': 'a card of a forged notice',
  'others-press': "another person's press",
  'bystander-agrees': 'somebody else agreed',
  'bystander-withdraws': 'somebody else withdrew',
  'blocked-place': 'a forbidden conversation',
  guest: 'a guest',
  external: 'somebody from outside',
  bot: 'another bot',
  'notice-same': 'started again, same notice',
  'notice-changed': 'started again, notice changed',
  'stale-card': 'started again, old card pressed',
  training: 'started again, now with training',
  'stays-withdrawn': 'started again after withdrawal',
  'opt-out': 'opt-out',
  'opt-out-withdraws': 'opt-out, withdrawn',
  'opt-out-guest': 'opt-out, a guest',
};

export const VENDOR_WORDS = Object.fromEntries(
  REMOTE_VENDORS.map((vendor) => [vendor, VENDOR_DOUBLES[vendor].name]),
) as Readonly<Record<ProvenVendor, string>>;

export const DOOR_WORDS: Readonly<Record<Door, string>> = {
  'slack-http': 'Slack, HTTP',
  'slack-socket': 'Slack, Socket Mode',
  teams: 'Teams',
  local: 'local page',
};

export const PLACE_WORDS: Readonly<Record<ChatKind, string>> = {
  direct: 'direct',
  thread: 'thread',
  channel: 'channel',
  group: 'group',
};
