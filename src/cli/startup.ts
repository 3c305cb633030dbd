import type { RedactionMode } from '../redact/kinds';
import type { SettingFault } from '../settings/settings';
import { VENDOR_MODULES } from '../vendors/registry';

/** Each of these connects a model. */
const FIRST_SETTINGS = VENDOR_MODULES.map(({ firstSetting }) => firstSetting).filter((name) => name !== undefined);

/** A platform, as the first lines tell of it. `unreached`: it is set up, and could not be reached yet. */
export interface PlatformLine {
  readonly name: string;
  readonly state: 'off' | 'on' | 'unreached';
  readonly words: string;
}

/** What is running, for the lines that a newcomer reads first. */
export interface Running {
  readonly url: string;
  /** Whether there is a page to open at the address. */
  readonly hasPage: boolean;
  /** Every platform there is, and what is said of it. */
  readonly platforms: readonly PlatformLine[];
  readonly vendor: {
    readonly name: string;
    readonly endpoint: string;
    readonly region: string;
    readonly model: string;
  };
  /** Names of the vendors that are set up beside it, and of those that are asked where it cannot answer, in order. */
  readonly others: readonly string[];
  readonly fallback: readonly string[];
  readonly consentMode: 'opt-in' | 'opt-out';
  /** The least that is done for any tenant. */
  readonly redaction: RedactionMode;
  readonly databasePath: string;
  /** Whether another process uses the data folder as well. */
  readonly shared: boolean;
  readonly language: 'en' | 'ja';
}

/** The first lines in the terminal: the address, then a line each for what is connected and what would connect it. */
export function startupLines(running: Running): readonly string[] {
  const { url, hasPage, platforms, vendor, others, fallback, consentMode, redaction, databasePath } = running;
  const words = running.language === 'ja' ? japanese : english;
  return [
    '',
    // The address reads the same in every language, for people and for programs that wait for it.
    hasPage ? `  dejiren is ready: open ${url}` : `  dejiren is ready at ${url}`,
    '',
    ...platforms.map(({ name, state, words: said }) =>
      line(state !== 'off', name, state === 'unreached' ? said + words.unreached : said),
    ),
    line(
      vendor.endpoint !== 'none',
      'Vendor',
      vendor.endpoint === 'none'
        ? words.preview(FIRST_SETTINGS)
        : `${vendor.name}, ${vendor.model} (${vendor.endpoint}, ${vendor.region})`,
    ),
    ...(others.length === 0 ? [] : [line(true, 'Also available', words.others(others, fallback))]),
    line(true, 'Consent', words.consent(consentMode, databasePath)),
    ...(running.shared ? [line(true, 'Shared', words.shared)] : []),
    line(redaction !== 'off', 'Redaction', words.redaction[redaction]),
    '',
  ];
}

const english = {
  unreached: '; not connected yet, still trying (see /readyz and the log)',
  preview: (settings: readonly string[]) =>
    `preview: sends nothing. To connect a model, set ${settings.slice(0, -1).join(', ')} or ${settings.at(-1)}`,
  others: (names: readonly string[], fallback: readonly string[]) =>
    `${names.join(', ')}${fallback.length === 0 ? '' : `; fallback: ${fallback.join(', then ')}`}`,
  consent: (mode: string, path: string) => `${mode}; the record is in ${path}; no text is kept`,
  shared: 'another dejiren uses this data folder too; both share consent and the hourly limits',
  redaction: {
    mask: 'mask: detected personal data and secrets are replaced before a question is sent',
    block: 'block: a question with detected personal data or secrets is not sent',
    off: 'off: personal data and secrets may be sent as written; set DEJIREN_REDACTION=mask to replace them',
  },
};

const CONSENT_MODES_JA: Readonly<Record<string, string>> = {
  'opt-in': 'オプトイン方式',
  'opt-out': 'オプトアウト方式',
};

const japanese: typeof english = {
  unreached: '。まだ接続できていません。再試行を続けます（原因は/readyzとログで確認できます）',
  preview: (settings) =>
    `preview：何も送信しません（モデルに接続するには、${settings.join('、')}のいずれかを設定してください）`,
  others: (names, fallback) =>
    `${names.join('、')}${fallback.length === 0 ? '' : `（代替の順序：${fallback.join('、')}）`}`,
  consent: (mode, path) => `${CONSENT_MODES_JA[mode] ?? mode}（${mode}）。記録：${path}。会話の内容は保存しません`,
  shared: '別のdejirenも同じデータフォルダーを使用しています。同意と1時間ごとの上限は共通です',
  redaction: {
    mask: 'mask：検出した個人情報やパスワードなどを、送信前に自動的に伏せます',
    block: 'block：個人情報やパスワードなどを検出した質問は、送信しません',
    off: 'off：個人情報やパスワードなどが、そのまま送信されることがあります（DEJIREN_REDACTION=maskで伏せます）',
  },
};

/** One line a fault: the name, what is wrong, an example. */
export function faultLines(faults: readonly SettingFault[]): readonly string[] {
  return [
    faults.length === 1
      ? 'dejiren did not start: a setting is wrong.'
      : `dejiren did not start: ${faults.length} settings are wrong.`,
    ...faults.map(({ name, problem, example }) => `  ${name}: ${problem}. Example: ${example}`),
  ];
}

function line(on: boolean, name: string, words: string): string {
  return `  ${on ? '●' : '○'} ${name.padEnd(16)}${words}`;
}
