import type { Changed, LabelSentences } from './shape';

const CHANGES: Readonly<Record<Changed, string>> = {
  what: '送信内容',
  masked: '伏せる情報',
  endpoint: '接続先',
  model: 'モデル',
  where: '処理場所',
  training: '学習',
  retention: '保持',
  'human-review': '人による確認',
  'third-parties': '第三者提供',
  'zero-retention': 'ゼロ保持',
  'cross-border': '受領者',
};
/** More would not be read. */
const CHANGES_NAMED = 2;

export const japaneseLabel: LabelSentences = {
  title: (vendorName) => `質問を${vendorName}に送信してもよいですか？`,
  trainingTitle: (vendorName) => `${vendorName}が質問を学習に使ってもよいですか？`,
  lead: {
    expired: '同意の期限が切れました。',
    withdrawn: '同意は撤回されています。',
  },
  changed: (what) => {
    const named = what.slice(0, CHANGES_NAMED).map((one) => CHANGES[one]);
    return `変更：${named.join('、')}${what.length > CHANGES_NAMED ? 'ほか' : ''}`;
  },
  sendsUnlessRefused: '断らない限り、次の質問から送信します。',
  names: { what: '送信', masked: '伏せる', training: '学習', retention: '保持', where: '場所' },
  what: {
    own: '質問、添付、スレッド内のやり取り',
    consented: '質問、添付、スレッド内の同意済みの人の発言',
    none: '質問と添付のみ',
  },
  masked: (how) => {
    const all = how === undefined || how.without.length === 0;
    const scan = how?.detector === undefined ? [] : ['組織が検査'];
    const noted = (notes: readonly string[]): string => (notes.length === 0 ? '' : `（${notes.join('・')}）`);
    switch (how?.mode) {
      case 'off':
        return 'スレッド参加者の名前のみ';
      case 'block':
        return `名前。${all ? '' : '一部の'}個人情報があれば中止${noted(scan)}`;
      default:
        return `${all ? '名前、連絡先、パスワード、カード番号等' : '名前と一部の個人情報'}${noted(['検出分', ...scan])}`;
    }
  },
  sharesForTraining: 'あり（組織が許可）',
  trainingChoice: '学習にも同意する',
  typeAgain: 'ボタンかコマンドの再入力で同意できます。',
  withdrawHint: '撤回：/dejiren-optin オフ',
};
