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
  readonly language: string;
  readonly theme: string;
  readonly themes: { readonly auto: string; readonly light: string; readonly dark: string };
  readonly promise: string;
  /** The link to the public article. */
  readonly article: string;
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
  readonly stillThinking: string;
  readonly again: string;
  readonly unaddressed: string;
  readonly askDejiren: string;
  readonly copyFailed: string;
  readonly restarted: string;
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
  direct: 'Direct message with dejiren',
  unread: 'unread',
  language: 'Language',
  theme: 'Theme',
  themes: { auto: 'Auto', light: 'Light', dark: 'Dark' },
  promise: 'Nothing you write here is saved. It is gone when dejiren stops.',
  article: 'How data is handled',
  openMenu: 'Open the menu',
  closeMenu: 'Close the menu',
  back: 'Back to the channel',
  thread: 'Thread',
  channelAbout: 'Mention dejiren to get an answer.',
  directAbout: 'Just you and dejiren.',
  fresh: 'New conversation',
  freshDone: 'New conversation: earlier messages are no longer sent along.',
  freshDivider: 'New conversation',
  messages: 'Messages',
  onlyYou: 'Only you can see this',
  thinking: 'dejiren is thinking…',
  stillThinking: 'Still thinking… You can wait, or stop with Esc and ask again.',
  again: 'Ask again',
  unaddressed: 'In a channel, dejiren answers only when you mention it.',
  askDejiren: 'Ask dejiren',
  reply: 'Reply in thread',
  earlier: (count) => (count === 1 ? 'Show 1 earlier reply' : `Show ${count} earlier replies`),
  remove: 'Delete this message',
  removed: 'This message was deleted.',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Your browser did not allow copying. Select the text and copy it yourself.',
  download: 'Download',
  image: 'image',
  codeBlock: 'Code',
  table: 'Table',
  toBottom: 'Newest messages',
  writeChannel: 'Message #general',
  writeDirect: 'Ask dejiren',
  writeThread: 'Reply in this thread',
  send: 'Send',
  stop: 'Stop',
  keys: 'Enter to send, Shift + Enter for a new line',
  insertMention: 'Mention dejiren',
  insertCommand: 'Turn your consent on or off',
  attach: 'Attach pictures or text files',
  attached: 'Attached',
  detach: (name) => `Remove ${name}`,
  emptyChannelTitle: 'Welcome to #general',
  emptyChannel:
    'Mention @dejiren to ask your organisation’s AI. Before anything you write is sent, dejiren shows you what goes where, and waits for your yes.',
  emptyDirectTitle: 'What would you like to know?',
  emptyDirect:
    'Ask your organisation’s AI. Before anything you write is sent, dejiren shows you what goes where, and waits for your yes.',
  channelChips: [
    '@dejiren what would be sent if I asked this?',
    '@dejiren how do I ask a good question? @Ben may know too',
    '/dejiren-optin status',
  ],
  directChips: ['What would be sent if I asked this?', '/dejiren-optin status', '/dejiren-optin help'],
  tryThis: 'Try one of these',
  lost: 'dejiren is not responding. If you stopped it, start it again: this page reconnects by itself, and your draft stays.',
  restarted: 'dejiren was restarted. Earlier messages are gone, because nothing is ever saved.',
  dismiss: 'Close',
  noVendor: 'No AI is set up',
  previewLine: 'Preview: nothing leaves this machine',
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
    empty: 'There is nothing to send yet. Write a question first.',
    'too-large': 'These files are too large to send: 10 files and 11 MB together at most. Remove some and try again.',
    'text-too-long': 'That message is too long. Send it in shorter parts.',
    'not-json': 'dejiren could not read that. Reload the page and try again.',
    'not-yours': 'That belongs to someone else, so you cannot change it.',
    gone: 'That message is no longer here.',
    'card-changed': 'This card has just changed. Please look at it once more.',
    'not-your-answer': 'Only the person who asked can stop this answer.',
    'too-many-pages': 'This page is open too many times. Close some of its tabs.',
    stopping: 'dejiren is shutting down. Nothing was sent; your message is still in the box.',
    failed: 'Something went wrong in dejiren. Please try again in a moment.',
    unreachable: 'dejiren cannot be reached, so nothing was sent. Your message is still in the box.',
  },
};

const ja: Words = {
  skip: 'メッセージ欄へ移動',
  youAre: 'ユーザーを選択',
  speaks: '日本語',
  conversations: '会話',
  direct: 'dejirenとのダイレクトメッセージ',
  unread: '未読',
  language: '言語',
  theme: 'テーマ',
  themes: { auto: '自動', light: 'ライト', dark: 'ダーク' },
  promise: 'ここに書いた内容は保存されません。dejirenを終了すると消えます。',
  article: 'データの取り扱いについて',
  openMenu: 'メニューを開く',
  closeMenu: 'メニューを閉じる',
  back: 'チャンネルに戻る',
  thread: 'スレッド',
  channelAbout: 'メンションすると回答します。',
  directAbout: 'dejirenとの1対1の会話です。',
  fresh: '新しい会話',
  freshDone: '新しい会話を始めました。これまでのメッセージは送信されません。',
  freshDivider: '新しい会話',
  messages: 'メッセージ',
  onlyYou: 'あなただけに表示されています',
  thinking: '考えています…',
  stillThinking: 'まだ考えています… Escキーで停止して、もう一度質問することもできます。',
  again: 'もう一度質問',
  unaddressed: 'チャンネルでは、dejirenはメンションされたときだけ回答します。',
  askDejiren: 'dejirenに質問',
  reply: 'スレッドで返信',
  earlier: (count) => `以前の返信${count}件を表示`,
  remove: 'このメッセージを削除',
  removed: 'このメッセージは削除されました。',
  copy: 'コピー',
  copied: 'コピーしました',
  copyFailed: 'ブラウザーでコピーが許可されていません。文字を選択してコピーしてください。',
  download: 'ダウンロード',
  image: '画像',
  codeBlock: 'コード',
  table: '表',
  toBottom: '最新のメッセージ',
  writeChannel: '#generalへのメッセージ',
  writeDirect: 'dejirenに質問する',
  writeThread: 'このスレッドに返信',
  send: '送信',
  stop: '停止',
  keys: 'Enterで送信、Shift+Enterで改行',
  insertMention: 'dejirenにメンション',
  insertCommand: '同意のオン・オフ',
  attach: '画像やテキストファイルを添付',
  attached: '添付',
  detach: (name) => `${name}を削除`,
  emptyChannelTitle: '#generalへようこそ',
  emptyChannel:
    '「@dejiren」とメンションすると、組織のAIに質問できます。送信する前に、何がどこへ送信されるかをお見せし、同意をお待ちします。',
  emptyDirectTitle: '何を知りたいですか？',
  emptyDirect: '組織のAIに質問できます。送信する前に、何がどこへ送信されるかをお見せし、同意をお待ちします。',
  channelChips: [
    '@dejiren これを質問すると何が送信されますか？',
    '@dejiren 良い質問のしかたを教えてください。 @Benも知っているかもしれません。',
    '/dejiren-optin 状態',
  ],
  directChips: ['これを質問すると何が送信されますか？', '/dejiren-optin 状態', '/dejiren-optin ヘルプ'],
  tryThis: '例えば',
  lost: 'dejirenに接続できません。終了している場合は起動し直してください。自動で再接続します。入力中の内容は残ります。',
  restarted: 'dejirenが再起動しました。何も保存していないため、以前のメッセージは消えています。',
  dismiss: '閉じる',
  noVendor: 'AIが設定されていません',
  previewLine: 'プレビュー：このコンピューターの外には送信しません',
  regions: {
    'this-machine': 'このコンピューター',
    'own-servers': '組織のサーバー',
    global: 'リージョン指定なし',
    jp: '日本国内',
    eu: 'EU域内',
    us: '米国内',
    none: '送信先なし',
  },
  answered: (words) => `dejirenの回答：${words}`,
  refusals: {
    malformed: '内容を読み取れませんでした。ページを再読み込みして、もう一度お試しください。',
    empty: 'まだ内容がありません。質問を入力してください。',
    'too-large': 'ファイルが大きすぎます。10個、合計11MBまで送信できます。減らしてもう一度お試しください。',
    'text-too-long': 'メッセージが長すぎます。短く分けて送信してください。',
    'not-json': '内容を読み取れませんでした。ページを再読み込みして、もう一度お試しください。',
    'not-yours': 'ほかの人のものなので、変更できません。',
    gone: 'このメッセージはもうありません。',
    'card-changed': 'カードの内容が変わりました。もう一度ご確認ください。',
    'not-your-answer': 'この回答を停止できるのは、質問した人だけです。',
    'too-many-pages': 'このページを開きすぎています。タブをいくつか閉じてください。',
    stopping: 'dejirenを終了しています。送信されていません。メッセージは入力欄に残っています。',
    failed: 'dejirenで問題が発生しました。しばらくしてからもう一度お試しください。',
    unreachable: 'dejirenに接続できないため、送信されていません。メッセージは入力欄に残っています。',
  },
};

export const WORDS: Readonly<Record<PageLanguage, Words>> = { en, ja };

/** A region in words; one that has no word stands as it is. */
export function regionWords(words: Words, region: string): string {
  return words.regions[region] ?? region;
}
