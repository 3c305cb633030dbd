import { openText, type Text } from '../model/text';

/**
 * What somebody asked for with `/dejiren-optin`. `vendor` holds the words that may name a vendor, as they were said with
 * blanks between, or `all`; {@link meantBy} tells which vendor they mean.
 */
export type ConsentCommand =
  | { readonly do: 'toggle' }
  | { readonly do: 'on' | 'off' | 'notice' | 'receipt'; readonly vendor: string | undefined }
  | { readonly do: 'vendor'; readonly vendor: string }
  | { readonly do: 'erase'; readonly confirmed: boolean }
  /** `part`: from 1; what is on record may be more than one message can hold. */
  | { readonly do: 'export'; readonly part: number }
  | { readonly do: 'status' | 'help' };

const VERBS: Readonly<Record<string, ConsentCommand['do']>> = {
  on: 'on',
  in: 'on',
  yes: 'on',
  agree: 'on',
  accept: 'on',
  start: 'on',
  optin: 'on',
  'opt-in': 'on',
  オン: 'on',
  同意: 'on',
  同意する: 'on',
  同意します: 'on',
  開始: 'on',
  はい: 'on',
  有効: 'on',
  off: 'off',
  out: 'off',
  no: 'off',
  stop: 'off',
  withdraw: 'off',
  revoke: 'off',
  optout: 'off',
  'opt-out': 'off',
  オフ: 'off',
  撤回: 'off',
  撤回する: 'off',
  撤回します: 'off',
  停止: 'off',
  やめる: 'off',
  やめます: 'off',
  いいえ: 'off',
  無効: 'off',
  解除: 'off',
  status: 'status',
  state: 'status',
  状態: 'status',
  状況: 'status',
  ステータス: 'status',
  vendor: 'vendor',
  use: 'vendor',
  ベンダー: 'vendor',
  提供元: 'vendor',
  notice: 'notice',
  terms: 'notice',
  通知: 'notice',
  説明: 'notice',
  お知らせ: 'notice',
  データの取り扱い: 'notice',
  データの取扱い: 'notice',
  データ取り扱い: 'notice',
  取り扱い: 'notice',
  receipt: 'receipt',
  record: 'receipt',
  記録: 'receipt',
  証明: 'receipt',
  控え: 'receipt',
  受領証: 'receipt',
  レシート: 'receipt',
  export: 'export',
  download: 'export',
  takeout: 'export',
  エクスポート: 'export',
  書き出し: 'export',
  開示: 'export',
  ダウンロード: 'export',
  erase: 'erase',
  delete: 'erase',
  forget: 'erase',
  消去: 'erase',
  削除: 'erase',
  消去する: 'erase',
};

/** Beside `all` itself. */
const ALL_VENDORS: ReadonlySet<string> = new Set(['everything', 'すべて', '全て', '全部']);

const CONFIRMATIONS: ReadonlySet<string> = new Set(['confirm', 'yes', '確認', 'はい', '実行']);

/** A part of an export, counted from 1. */
const PART = /^[1-9]\d{0,4}$/u;

/** What nobody sees: joiners and marks that come along when words are copied. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** Emoji, and the names that Slack writes for them. `+` is for 👍 (`:+1:`). */
const EMOJI = /:[a-z0-9_+-]+:|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/gu;

const HELP = /^\/?(?:help|ヘルプ)$/u;
const COMMAND = /^(\/?)dejiren(\S*)\s*([\s\S]*)/iu;

/**
 * What a message says to `/dejiren-optin`; undefined where it is none. Phones begin a message with a capital, and
 * Japanese keyboards write in full width: nobody's withdrawal may become a question. A command of dejiren's that
 * there is not is `help`, as is that word alone.
 */
export function commandIn(message: string): string | undefined {
  const said = message.normalize('NFKC').replace(INVISIBLE, '').trim();
  if (HELP.test(said.toLowerCase())) return 'help';
  const [, slash, name, words] = COMMAND.exec(said) ?? [];
  if (name?.toLowerCase() === '-optin') return words;
  return slash === '/' ? 'help' : undefined;
}

/** Longer input holds no command: it is a question in the wrong place. */
const MAX_CHARACTERS = 200;

/**
 * Reads the words after `/dejiren-optin`, the same on every platform: English or Japanese, full or half width, in
 * any case, with quotes, stops, marks or emoji around them. A vendor may be said in several words, as it is shown
 * (`Azure OpenAI`). A word that is none of these gives `help`, never an error, as the word `help` does; so do signs
 * alone: nobody agrees by a stray key.
 */
export function parseConsentCommand(words: Text): ConsentCommand {
  if (words.length > MAX_CHARACTERS) return { do: 'help' };
  const said = openText(words)
    .normalize('NFKC')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .replace(/^\s*\/dejiren-optin(?=\s|$)/u, '')
    .trim();
  if (said === '') return { do: 'toggle' };
  const [verb = '', ...others] = said
    .replace(EMOJI, ' ')
    .split(/[\s、。,;:!"'「」『』“”‘’`*~<>()[\]{}→←⇒]|\.(?=\s|$)/u)
    .filter((word) => word !== '' && word !== 'を');
  const argument = others.length === 0 ? undefined : others.join(' ');
  const action = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  switch (action) {
    case 'on':
    case 'off':
    case 'notice':
    case 'receipt':
      return { do: action, vendor: allOr(argument) };
    case 'vendor':
      return argument === undefined ? { do: 'status' } : { do: 'vendor', vendor: allOr(argument) ?? argument };
    case 'erase':
      if (argument === undefined) return { do: 'erase', confirmed: false };
      return CONFIRMATIONS.has(argument) ? { do: 'erase', confirmed: true } : { do: 'help' };
    case 'export':
      if (argument === undefined) return { do: 'export', part: 1 };
      return PART.test(argument) ? { do: 'export', part: Number(argument) } : { do: 'help' };
    case 'status':
      return argument === undefined ? { do: action } : { do: 'help' };
    default:
      return { do: 'help' };
  }
}

function allOr(words: string | undefined): string | undefined {
  return words !== undefined && ALL_VENDORS.has(words) ? 'all' : words;
}

/**
 * The command with the vendor's id in place of the words that mean it; `vendorWords` has them with `-` between. One
 * word that means none stays as it is, since the vendor may only be unknown here; several are no command.
 */
export function meantBy(command: ConsentCommand, vendorWords: ReadonlyMap<string, string>): ConsentCommand {
  if (!('vendor' in command) || command.vendor === undefined) return command;
  const vendor = vendorWords.get(command.vendor.replaceAll(' ', '-')) ?? command.vendor;
  return vendor.includes(' ') ? { do: 'help' } : { ...command, vendor };
}
