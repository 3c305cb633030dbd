import type { RefusalCode } from '../wire';
import type { PageLanguage } from './preferences';

/** Every sentence of the page, in one language. What dejiren itself says comes from the server. */
export interface Words {
  readonly skip: string;
  readonly youAre: string;
  readonly speaks: string;
  readonly conversations: string;
  readonly direct: string;
  readonly unread: string;
  readonly settings: string;
  readonly language: string;
  readonly theme: string;
  readonly themes: { readonly auto: string; readonly light: string; readonly dark: string };
  readonly promise: string;
  readonly openMenu: string;
  readonly closeMenu: string;
  readonly back: string;
  readonly thread: string;
  readonly channelAbout: string;
  readonly directAbout: string;
  readonly fresh: string;
  readonly freshDone: string;
  readonly freshDivider: string;
  readonly messages: string;
  readonly onlyYou: string;
  readonly thinking: string;
  readonly reply: string;
  readonly earlier: (count: number) => string;
  readonly remove: string;
  readonly removed: string;
  readonly copy: string;
  readonly copied: string;
  readonly download: string;
  readonly image: string;
  readonly codeBlock: string;
  readonly table: string;
  readonly toBottom: string;
  readonly writeChannel: string;
  readonly writeDirect: string;
  readonly writeThread: string;
  readonly send: string;
  readonly stop: string;
  readonly keys: string;
  readonly insertMention: string;
  readonly insertCommand: string;
  readonly attach: string;
  readonly attached: string;
  readonly detach: (name: string) => string;
  readonly emptyChannelTitle: string;
  readonly emptyChannel: string;
  readonly emptyDirectTitle: string;
  readonly emptyDirect: string;
  readonly channelChips: readonly string[];
  readonly directChips: readonly string[];
  readonly tryThis: string;
  readonly lost: string;
  readonly connecting: string;
  readonly dismiss: string;
  readonly noVendor: string;
  readonly previewLine: string;
  readonly regions: Readonly<Record<string, string>>;
  readonly answered: (words: string) => string;
  readonly refusals: Readonly<Record<RefusalCode | 'unreachable', string>>;
}

const en: Words = {
  skip: 'Skip to the message box',
  youAre: 'You are',
  speaks: 'English',
  conversations: 'Conversations',
  direct: 'Direct chat with dejiren',
  unread: 'unread',
  settings: 'Settings',
  language: 'Language',
  theme: 'Theme',
  themes: { auto: 'Auto', light: 'Light', dark: 'Dark' },
  promise: 'Nothing written here is saved. It is gone when dejiren stops.',
  openMenu: 'Open the menu',
  closeMenu: 'Close the menu',
  back: 'Back to the channel',
  thread: 'Thread',
  channelAbout: 'Everyone reads along. dejiren answers when mentioned.',
  directAbout: 'Just you and dejiren.',
  fresh: 'New conversation',
  freshDone: 'A new conversation: what was said before is no longer sent along.',
  freshDivider: 'New conversation',
  messages: 'Messages',
  onlyYou: 'Only you can see this',
  thinking: 'dejiren is thinking',
  reply: 'Reply in thread',
  earlier: (count) => (count === 1 ? 'Show 1 earlier reply' : `Show ${count} earlier replies`),
  remove: 'Delete this message',
  removed: 'This message was deleted.',
  copy: 'Copy',
  copied: 'Copied',
  download: 'Download',
  image: 'image',
  codeBlock: 'Code',
  table: 'Table',
  toBottom: 'Newest messages',
  writeChannel: 'Message #general',
  writeDirect: 'Ask dejiren',
  writeThread: 'Reply in this thread',
  send: 'Send',
  stop: 'Stop the answer',
  keys: 'Enter sends, Shift + Enter starts a new line',
  insertMention: 'Mention dejiren',
  insertCommand: 'Your consent',
  attach: 'Attach pictures or text files',
  attached: 'Attached',
  detach: (name) => `Leave out ${name}`,
  emptyChannelTitle: 'Welcome to #general',
  emptyChannel:
    'Mention @dejiren to ask your organisation’s AI. Before anything of yours goes to a vendor, dejiren shows you what would go where, and waits for your yes.',
  emptyDirectTitle: 'A quiet word with dejiren',
  emptyDirect:
    'Ask anything; no mention is needed here. Before anything of yours goes to a vendor, dejiren shows you what would go where, and waits for your yes.',
  channelChips: [
    '@dejiren what would be sent if I asked this?',
    '@dejiren how do I ask a good question? @Ben may know too',
    '/dejiren-optin status',
  ],
  directChips: ['What would be sent if I asked this?', '/dejiren-optin status', '/dejiren-optin help'],
  tryThis: 'Try this',
  lost: 'The connection to dejiren is lost. Trying again…',
  connecting: 'Connecting…',
  dismiss: 'Close',
  noVendor: 'No vendor is connected',
  previewLine: 'Preview — nothing leaves this machine',
  regions: {
    'this-machine': 'on this machine',
    'own-servers': 'on your own servers',
    global: 'in any region',
    jp: 'in Japan',
    eu: 'in the EU',
    us: 'in the US',
    none: 'nowhere',
  },
  answered: (words) => `dejiren answered: ${words}`,
  refusals: {
    malformed: 'dejiren could not read that. Reload the page and try again.',
    empty: 'There is nothing to send yet.',
    'too-large': 'That message is too long. Try sending it in parts.',
    'text-too-long': 'That message is too long. Try sending it in parts.',
    'not-json': 'dejiren could not read that. Reload the page and try again.',
    'not-yours': 'That belongs to someone else.',
    gone: 'That message is no longer here.',
    'card-changed': 'This card has just changed. Please look at it once more.',
    'too-many-pages': 'Too many pages are open. Close one of them.',
    stopping: 'dejiren is shutting down. Your message was not sent.',
    failed: 'Something went wrong here. Please try again.',
    unreachable: 'dejiren cannot be reached. Your message is still in the box.',
  },
};

const ja: Words = {
  skip: 'メッセージ欄へ移動',
  youAre: 'あなたは',
  speaks: '日本語',
  conversations: '会話',
  direct: 'dejiren とのダイレクトチャット',
  unread: '未読',
  settings: '設定',
  language: '言語',
  theme: 'テーマ',
  themes: { auto: '自動', light: 'ライト', dark: 'ダーク' },
  promise: 'ここに書かれたことは保存されません。dejiren を終了すると消えます。',
  openMenu: 'メニューを開く',
  closeMenu: 'メニューを閉じる',
  back: 'チャンネルに戻る',
  thread: 'スレッド',
  channelAbout: '全員が読めます。dejiren はメンションされたときだけ答えます。',
  directAbout: 'あなたと dejiren だけの会話です。',
  fresh: '新しい会話',
  freshDone: '新しい会話を始めました。これまでの発言はもう一緒に送られません。',
  freshDivider: '新しい会話',
  messages: 'メッセージ',
  onlyYou: 'あなただけに表示されています',
  thinking: 'dejiren が考えています',
  reply: 'スレッドで返信',
  earlier: (count) => `以前の返信 ${count} 件を表示`,
  remove: 'このメッセージを削除',
  removed: 'このメッセージは削除されました。',
  copy: 'コピー',
  copied: 'コピーしました',
  download: 'ダウンロード',
  image: '画像',
  codeBlock: 'コード',
  table: '表',
  toBottom: '最新のメッセージ',
  writeChannel: '#general へのメッセージ',
  writeDirect: 'dejiren に質問する',
  writeThread: 'このスレッドに返信',
  send: '送信',
  stop: '回答を止める',
  keys: 'Enter で送信、Shift + Enter で改行',
  insertMention: 'dejiren にメンション',
  insertCommand: '同意の確認',
  attach: '画像やテキストファイルを添付',
  attached: '添付',
  detach: (name) => `${name}を外す`,
  emptyChannelTitle: '#general へようこそ',
  emptyChannel:
    '@dejiren とメンションすると、組織の AI に質問できます。あなたの言葉がベンダーに送られる前に、何がどこへ送られるかを dejiren がお見せし、あなたの同意を待ちます。',
  emptyDirectTitle: 'dejiren と二人で',
  emptyDirect:
    '何でも聞いてください。ここではメンションは不要です。あなたの言葉がベンダーに送られる前に、何がどこへ送られるかを dejiren がお見せし、あなたの同意を待ちます。',
  channelChips: [
    '@dejiren これを質問すると何が送信されますか？',
    '@dejiren 良い質問のしかたは？ @Ben も知っているかも',
    '/dejiren-optin 状態',
  ],
  directChips: ['これを質問すると何が送信されますか？', '/dejiren-optin 状態', '/dejiren-optin ヘルプ'],
  tryThis: 'まずはこちらから',
  lost: 'dejiren との接続が切れました。再接続しています…',
  connecting: '接続しています…',
  dismiss: '閉じる',
  noVendor: '接続されたベンダーはありません',
  previewLine: 'プレビュー — このマシンの外には何も送られません',
  regions: {
    'this-machine': 'このマシン上',
    'own-servers': '自社サーバー上',
    global: '地域の指定なし',
    jp: '日本国内',
    eu: 'EU 域内',
    us: '米国内',
    none: '送信先なし',
  },
  answered: (words) => `dejiren の回答: ${words}`,
  refusals: {
    malformed: '内容を読み取れませんでした。ページを再読み込みしてもう一度お試しください。',
    empty: '送信する内容がまだありません。',
    'too-large': 'メッセージが長すぎます。分けて送ってください。',
    'text-too-long': 'メッセージが長すぎます。分けて送ってください。',
    'not-json': '内容を読み取れませんでした。ページを再読み込みしてもう一度お試しください。',
    'not-yours': 'ほかの人のものです。',
    gone: 'このメッセージはもうありません。',
    'card-changed': 'カードの内容が変わりました。もう一度ご確認ください。',
    'too-many-pages': '開いているページが多すぎます。どれかを閉じてください。',
    stopping: 'dejiren は終了するところです。メッセージは送信されませんでした。',
    failed: '問題が発生しました。もう一度お試しください。',
    unreachable: 'dejiren に接続できません。メッセージは入力欄に残っています。',
  },
};

export const WORDS: Readonly<Record<PageLanguage, Words>> = { en, ja };

/** A region in words; one that has no word stands as it is. */
export function regionWords(words: Words, region: string): string {
  return words.regions[region] ?? region;
}
