import type { Problem } from '../model/problem';
import { type Counts, type Kind, kindsFound, kindsIn, MOST_KINDS_NAMED } from '../redact/kinds';
import { dayOf, momentOf } from './dates';
import { japaneseLabel } from './label/ja';
import { japanesePage } from './page-ja';
import type { Sentences } from './shape';

const ADMIN = '管理者にお知らせください。設定が修正されるまで、再度質問しても同じ結果になります。';

const problems: Readonly<Record<Problem, string>> = {
  'person-limit': '1時間あたりの質問回数の上限に達しました。しばらくしてからもう一度お試しください。',
  'tenant-limit': '組織全体の1時間あたりの質問回数の上限に達しました。しばらくしてからもう一度お試しください。',
  'overloaded-here': 'ただいま混み合っています。1分ほどしてからもう一度お試しください。',
  'question-too-long': '質問が長すぎます。短くして、もう一度お送りください。',
  'denied-by-policy':
    '組織の方針により、ここでは利用できないため、何も送信していません。詳しくは管理者にお問い合わせください。',
  'denied-external':
    'ゲストや社外の方は、この組織では利用できないため、何も送信していません。利用が必要な場合は、管理者にお問い合わせください。',
  'denied-notice': `ベンダーのデータの取り扱いについて最新の情報がないため、何も送信していません。${ADMIN}`,
  'denied-residency':
    '組織が指定するリージョン内で処理されることを確認できないため、何も送信していません。管理者にお知らせください。',
  'ledger-unavailable': `同意の記録を読み取れないため、何も送信していません。${ADMIN}`,
  'file-kind':
    '送信できるのは画像とテキストファイルのみです。ほかの種類のファイルがあったため、何も送信していません。必要な部分を本文に貼り付けてください。',
  'file-no-pictures': '使用中のAIはその画像を読み取れないため、何も送信していません。文章でご質問ください。',
  'file-too-large': '添付ファイルが大きすぎるため、何も送信していません。容量を減らしてお送りください。',
  'file-too-many': '添付ファイルが多すぎるため、何も送信していません。数を減らしてお送りください。',
  'file-unreadable':
    '添付ファイルを読み取れなかったため、何も送信していません。削除されたか、読み取りの許可がないため、管理者にお問い合わせください。',
  'file-late':
    '添付ファイルの読み取りに時間がかかりすぎたため、何も送信していません。もう一度お試しになるか、容量を減らしてお送りください。',
  'redaction-blocked':
    '組織の方針により、このような情報はAIサービスに送信できないため、何も送信していません。該当部分を削除するか置き換えて、もう一度ご質問ください。',
  'redaction-unavailable':
    '個人情報の有無を確認できなかったため、何も送信していません。1分ほどしてからもう一度お試しください。続く場合は管理者にお知らせください。',
  'vendor-timeout':
    'AIサービスの応答に時間がかかりすぎたため、中断しました。もう一度お試しになるか、質問を短く分けてください。',
  'vendor-network': 'AIサービスとの接続が切れたため、回答を最後まで受け取れませんでした。もう一度お試しください。',
  'vendor-rate-limited': 'AIサービスが混み合っています。1分ほどしてからもう一度お試しください。',
  'vendor-quota': `組織のAIサービスの契約が、利用上限に達しました。${ADMIN}`,
  'vendor-overloaded': 'AIサービスは現在利用できません。数分後にもう一度お試しください。',
  'vendor-auth': `AIサービスへの接続が正しく設定されていません。${ADMIN}`,
  'vendor-configuration': `設定されたモデルまたは接続先が、AIサービスに見つかりません。${ADMIN}`,
  'vendor-residency': '組織のデータ方針により、送信がブロックされました。管理者にお知らせください。',
  'vendor-refused':
    'AIサービスがリクエストを受け付けませんでした。添付ファイルを外して、もう一度お試しください。続く場合は管理者にお知らせください。',
  'vendor-unreadable': 'AIサービスからの応答が途切れたか、読み取れませんでした。もう一度お試しください。',
  'vendor-ended':
    'AIサービスが、不明な理由で回答を途中で終了しました。もう一度お試しになるか、質問の表現を変えてください。',
  'context-too-long':
    '質問とこれまでのやり取りが、モデルの上限を超えています。短くするか、新しいスレッドでご質問ください。',
  'blocked-input':
    'AIサービスのコンテンツフィルターにより、質問が受け付けられませんでした。表現を変えてご質問ください。',
  'blocked-output': 'AIサービスのコンテンツフィルターにより、回答が中止されました。表現を変えてご質問ください。',
  'empty-answer': 'AIの回答が空でした。もう一度お試しになるか、質問の表現を変えてください。',
  'empty-at-limit':
    'AIが長さの上限に達し、回答が出力されませんでした（思考が長すぎたためと思われます）。一度に質問する内容を減らしてください。',
  'standing-unknown':
    '組織のメンバーかどうかを確認できなかったため、何も送信していません。1分ほどしてからもう一度お試しください。続く場合は管理者にお知らせください。',
  'not-shown':
    '回答の全部または一部を、ここに投稿できませんでした。別の場所かダイレクトメッセージで、もう一度ご質問ください。',
  unknown: '予期しない問題が発生しました。もう一度お試しください。',
};

const REGIONS: Readonly<Record<string, string>> = {
  global: 'リージョン指定なし',
  'own-servers': '組織のサーバー',
  'this-machine': 'このコンピューター',
  jp: '日本',
  eu: 'EU',
  us: '米国',
  au: 'オーストラリア',
  ca: 'カナダ',
  in: 'インド',
  sg: 'シンガポール',
  kr: '韓国',
  uk: '英国',
  ch: 'スイス',
  br: 'ブラジル',
  apac: 'アジア太平洋',
  ae: 'アラブ首長国連邦',
};

/** その場所の個人情報保護の制度。出典：個人情報保護委員会「外国における個人情報の保護に関する制度等の調査」（ppc.go.jp） */
const COUNTRIES: Readonly<Record<string, string>> = {
  global: '国の特定なし（ベンダーが負荷に応じて選択）',
  apac: 'アジア太平洋のいずれかの国（ベンダーが負荷に応じて選択）',
  jp: '日本（個人情報の保護に関する法律）',
  eu: 'EU（GDPR、日本と同等の水準と認定）',
  uk: '英国（UK GDPR、日本と同等の水準と認定）',
  us: '米国（包括的な連邦法はなく、分野や州ごとの法律）',
  ch: 'スイス（連邦データ保護法）',
  ca: 'カナダ（PIPEDA）',
  au: 'オーストラリア（1988年プライバシー法）',
  in: 'インド（2023年デジタル個人データ保護法）',
  kr: '韓国（個人情報保護法）',
  sg: 'シンガポール（個人データ保護法）',
  br: 'ブラジル（個人情報保護法、LGPD）',
  ae: 'アラブ首長国連邦（2021年連邦政令第45号）',
};

const KINDS: Readonly<Record<Kind, string>> = {
  secret: 'パスワードやAPIキー',
  email: 'メールアドレス',
  card: 'カード番号',
  iban: 'IBAN（国際銀行口座番号）',
  account: '銀行口座番号',
  'my-number': 'マイナンバー',
  passport: '旅券番号',
  'id-number': '本人確認書類などの番号',
  phone: '電話番号',
  address: '住所',
  name: '氏名',
  personal: 'その他の個人情報',
};

/** What a kind has in it that its name does not say. */
const MEANT: Readonly<Partial<Record<Kind, string>>> = {
  'id-number': '（運転免許証、年金、健康保険、在留カード、米国の社会保障番号など）',
};
const NAMES = 'メンションと、スレッドの参加者の名前は伏せます。';

function listOf(counts: Counts): string {
  return kindsIn(counts)
    .map(([kind, count]) => `${KINDS[kind]}${count}件`)
    .join('、');
}

/** `電話番号と氏名2件`: of many kinds the first are named, so that it stays half a line. */
function inShort(counts: Counts): string {
  const all = kindsIn(counts).map(([kind, count]) => (count === 1 ? KINDS[kind] : `${KINDS[kind]}${count}件`));
  const more = all.length - MOST_KINDS_NAMED;
  if (more > 0) return `${all.slice(0, MOST_KINDS_NAMED).join('、')}ほか${more}種類`;
  return all.join(all.length === 2 ? 'と' : '、');
}

function waitOf(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  return seconds < 120 ? `${seconds}秒` : `${Math.ceil(seconds / 60)}分`;
}

export const japanese: Sentences = {
  label: japaneseLabel,
  list: (words) => words.join('、'),
  problem(problem, { retryAfterMs, errorId } = {}) {
    if (problem === 'vendor-rate-limited' && retryAfterMs !== undefined)
      return `AIサービスが混み合っています。${waitOf(retryAfterMs)}ほどしてからもう一度お試しください。`;
    if (problem === 'unknown' && errorId !== undefined)
      return `予期しない問題が発生しました。もう一度お試しください。続く場合は、エラーID「${errorId}」を管理者にお知らせください。`;
    return problems[problem];
  },
  ending: {
    cut: '長さの上限に達したため、回答はここまでです。続きが必要な場合は「続けて」とお送りください。',
    stopped: '停止しました。',
    withdrawn: '同意が撤回されたため、ここで停止しました。送信済みの内容は取り消せません。',
    retracted: problems['blocked-output'],
    interrupted: '回答の途中で再起動しました。もう一度ご質問ください。',
  },
  footer: (vendorName, region) =>
    `${vendorName}・${REGIONS[region] ?? region}・AIは間違えることがあります。ご確認ください。`,
  shown: {
    channel: 'そのスレッドには返信できないため、こちらに回答します。',
    asker: 'ここには投稿できないため、この回答はご本人だけに表示しています。',
    direct: 'ご質問の場所には投稿できないため、こちらに回答します。',
    plain: '書式付きで投稿できなかったため、テキストのみで表示しています。',
  },
  quotesWithheld:
    '引用文の投稿者が同意しているか確認できないため、引用文を除いて送信しました。ご自身の文章であれば、引用記号を付けずにお送りください。',
  leftOut: {
    thread: 'このスレッドのこれまでのやり取りを読み取れなかったため、それを踏まえずに回答しました。',
    forwarded:
      '転送・引用されたメッセージは、投稿者の同意を確認できないため、除いて送信しました。必要な場合は、内容をご自身の言葉でお書きください。',
    preview: '共有されたリンクのURLは読めますが、リンク先のページは読めません。',
    attachment: 'カードなど、一緒に送れないものが含まれていたため、文章だけを送信しました。',
  },
  noQuestion: {
    forwarded:
      '質問がなく転送のみだったため、何も送信していません。知りたいことをお書きください。転送されたメッセージは、投稿者が同意している場合に限り一緒に送信します。',
    noWords: 'メッセージに文章が見つからなかったため、何も送信していません。文章でご質問ください。',
  },
  notYourAnswer: 'この回答を停止できるのは、質問した人だけです。',
  nothingToStop: 'ここには、停止できる回答がありません。',
  notByEdit: '編集したメッセージからは実行できません。新しいメッセージとしてお送りください。',
  takenBefore:
    'この質問は、編集前の内容で受け付けています。編集後の内容で質問するには、新しいメッセージとしてお送りください。',
  redaction: {
    replaced: (counts) => `${inShort(counts)}を伏せて送信しました。`,
    found: (counts) => `質問に${listOf(counts)}が含まれています。`,
  },
  startedAnew: '新しい会話を始めます。これまでのやり取りは消去しました。',
  writeToMe: 'ここでは、ご本人だけに見えるメッセージを送れません。dejirenとの個人チャットでお尋ねください。',
  sendAgain: 'ありがとうございます。ここでは質問を読み直せないため、お手数ですがもう一度お送りください。',
  working: '考えています…',
  stillWorking: 'まだ考え中です…',
  thinking: 'が考えています…',
  stillThinking: 'はまだ考え中です…',
  stop: '停止',
  suggestedPrompts: [
    { title: '文章を作成', message: '会議を来週に変更したいと伝える、短く丁寧なメッセージを考えてください。' },
    { title: '用語を説明', message: 'データレジデンシーとは何か、わかりやすく説明してください。' },
    { title: '同意状況を確認', message: '/dejiren-optin 状態' },
  ],
  region: (region) => REGIONS[region] ?? region,
  country: (region) => COUNTRIES[region] ?? REGIONS[region] ?? region,
  date: (ms) => dayOf(ms, 'ja'),
  page: japanesePage,
  card: {
    askPromise: 'dejirenは、入力された内容もAIの回答も、一切保存しません。',
    noButtons:
      'ここではボタンを表示できないため、コマンドを入力してください。\n同意：「/dejiren-optin オン」、撤回：「/dejiren-optin オフ」、その他：「/dejiren-optin ヘルプ」',
    withdrawHint: '「/dejiren-optin オフ」で、いつでも同意を撤回できます。回答の途中でも停止します。',
    labels: {
      what: '送信する内容',
      to: '送信先',
      where: '処理する場所',
      training: '学習への利用',
      retention: '保持期間',
      'human-review': '人による確認',
      'third-parties': '第三者への提供',
      residency: '所在地',
      'zero-retention': 'データを保持しない設定',
      'cross-border': '提供先',
      endpoint: '接続先',
      model: 'モデル',
      notice: '番号',
      checked: '確認日',
    },
    what: {
      own: '質問（添付した画像やテキストファイル、転送したご自身のメッセージを含む）と、同じスレッドでのご自身の発言、ご自身への回答です。',
      consented:
        '質問（添付した画像やテキストファイルを含む）です。同じスレッドや転送メッセージでの、ご自身と同意済みの人の発言、dejirenの回答も含みます。',
      none: '質問（添付した画像やテキストファイルを含む）のみです。',
    },
    redaction: (how) => {
      const kinds = kindsFound(how?.without ?? [])
        .map((kind) => KINDS[kind] + (MEANT[kind] ?? ''))
        .join('、');
      const left = how?.without.map((kind) => KINDS[kind as Kind] ?? kind) ?? [];
      const but = left.length === 0 ? '' : `${left.join('、')}は、そのまま送信されます。`;
      const asked =
        how?.detector === undefined ? '' : `検出のため、入力内容はまず、組織が設定した${how.detector}に送られます。`;
      switch (how?.mode) {
        case 'off':
          return `${NAMES}そのほかの個人情報やパスワードなどは、そのまま送信されることがあります。`;
        case 'block':
          return `${NAMES}次の情報を検出した質問は送信しません（${kinds}）。${but}${asked}`;
        default:
          return `${NAMES}次の情報も、検出した場合は自動的に伏せます（${kinds}）。${but}${asked}`;
      }
    },
    memory: ({ turns, minutes, where }) =>
      `Teams${where === 'unreadable' ? 'のうち会話を読み直せない場所（個人チャットなど）' : ''}では、直近${turns}件の質問と回答を${minutes}分間メモリーに保持します。同意の撤回、または「/new」で消去されます。`,
    to: (vendorName, endpoint, model) =>
      endpoint === 'none' ? 'どこにも送信しません（ドライラン）。' : `${vendorName}（${endpoint}）、モデル：${model}`,
    sharesForTraining: 'あり。組織が、このベンダーによる学習への利用を許可しています。',
    changed: (label) => `変更：${label}`,
    changedTo: (before, after) => `変更前：${before ?? '記載なし'}\n変更後：${after ?? '記載なし'}`,
    buttons: {
      agree: '同意する',
      agreeAndAnswer: '同意して回答を見る',
      agreeTraining: '学習への利用に同意する',
      details: '詳細',
      notNow: '今はしない',
      optOut: '断る',
      back: '戻る',
      review: '送信内容を確認する',
      withdraw: '同意を撤回',
      undoGrant: '同意を撤回',
      undoWithdraw: '再度同意',
      undoChoice: '元に戻す',
      withdrawAll: 'すべて撤回する',
      erase: '完全に消去する',
      status: '同意状況を確認',
      keep: '消去しない',
      export: 'すべての記録',
      next: '次へ',
      previous: '前へ',
    },
    granted: (vendorNames) => `${vendorNames}への送信に同意しました。`,
    validUntil: (day) => `${day}まで有効です。`,
    withdrawn: (vendorNames) => `${vendorNames}への同意を撤回しました。`,
    withdrawnAll: 'すべての同意を撤回しました。',
    withdrawnDetail: '今後は送信しません。送信済みの内容は取り消せません。',
    reworded: (vendorName) => `${vendorName}のデータの取り扱いの表現が変わりました。`,
    rewordedDetail: '内容は変わっていないため、同意はそのまま有効です。',
    dismissed: '何も送信・変更していません。',
    statusTitle: '同意状況',
    standing: {
      agreed: '同意済み',
      'notice-shown': 'データの取り扱いを表示済み（オプトアウトなし）',
      'not-asked': '未同意',
      withdrawn: '撤回済み',
      stale: '以前の内容に同意済み（再度確認します）',
      expired: '同意の期限切れ（再度確認します）',
      unavailable: '現在利用できません',
    },
    inEffect: '使用中のAI',
    since: (day) => `変更日：${day}`,
    line: (facts) => facts.join('・'),
    paragraph: (sentences) => sentences.join(''),
    vendorChosen: (vendorName) => `これからは${vendorName}が回答します。`,
    vendorChosenAsk: 'まだ同意していないため、送信前に確認します。',
    vendorUnknownTitle: 'AIを選んでください',
    vendorUnknown: (vendors) => `指定されたAIはここでは使えません。選べるAI：${vendors}`,
    noticeTitle: (vendorName) => `${vendorName}のデータの取り扱い`,
    article: 'データの取り扱いについて（詳細ページ）',
    source: (title, checkedOn) => `${title}（${checkedOn}確認）`,
    agreed: 'このデータの取り扱いに同意済みです。',
    notAgreed: 'このデータの取り扱いには、まだ同意していません。',
    receiptTitle: '同意の記録',
    receiptNone: '記録はありません。',
    receiptNewest: (shown, all) => `記録${all}件のうち、最新の${shown}件です。`,
    receipt: ({ event, purpose, at, validUntil, region, endpoint, mode, noticeId, ledgerSeq, ledgerHash }) =>
      [
        `${{ granted: '同意', withdrawn: '撤回', 'notice-shown': 'データの取り扱いの表示' }[event]}：${momentOf(at, 'ja')}`,
        ...(purpose === 'training' ? ['学習への利用'] : []),
        ...(validUntil === undefined ? [] : [`有効期限：${dayOf(validUntil, 'ja')}`]),
        ...(region === '' ? [] : [REGIONS[region] ?? region]),
        ...(endpoint === '' ? [] : [endpoint]),
        { 'opt-in': 'オプトイン方式', 'opt-out': 'オプトアウト方式' }[mode],
        ...(noticeId === '' ? [] : [`番号：${noticeId.slice(0, 12)}`]),
        `行：${ledgerSeq}`,
        `ハッシュ：${ledgerHash.slice(0, 12)}`,
      ].join('・'),
    receiptSigned: (vendorName) =>
      `以下は、${vendorName}への同意状況を証明する控え（署名付き）です。コピーして保管してください（dejirenには残りません）。ほかのベンダーの控え：/dejiren-optin 控え <ベンダー>`,
    exportTitle: 'すべての記録',
    exportPart: (number, of) =>
      `${number}/${of}ページです（古い順、署名付き）。次へ進むと表示が替わるため、先にコピーしてください。ページの指定：/dejiren-optin エクスポート ${number < of ? number + 1 : 1}`,
    exportWhole:
      '記録のすべてです（署名付き）。ご自身の選択と、表示した「データの取り扱い」が含まれます。コピーして保管してください。',
    verifyHint:
      'この文字列を持つ人には、ご自身の仮名IDが分かります。「dejiren receipt verify」か、任意のJWSツールで検証できます。',
    eraseTitle: '記録を消去しますか？',
    eraseConfirm:
      'すべての同意を撤回し、記録とご本人を結び付ける鍵を破棄します。記録そのものは残りますが、誰のものかは分からなくなります。この操作は元に戻せません。',
    erasedTitle: '消去しました',
    erased: '記録とご本人を結び付ける鍵を破棄しました。次に質問するときは、最初からの手続きになります。',
    helpTitle: 'dejirenの使い方',
    help: [
      'チャンネルでメンションするか、ダイレクトメッセージでご質問ください。スレッドでは、ご自身の発言とそれに対する回答も踏まえて答えます。',
      '「/dejiren-optin」で、同意のオン・オフを切り替えます。初回は、同意の内容を先に表示します。',
      '続けて入力できる言葉：オン [ベンダー|すべて]、オフ [ベンダー]、状態、データの取り扱い [ベンダー]、ベンダー <名前>、ヘルプ',
      '記録について：控え [ベンダー]（署名付きの証明）、エクスポート（すべての記録）、消去（ご本人との結び付きを破棄）',
    ],
    helpVendors: (vendors) => `使えるAI：${vendors}`,
    refusedTitle: '現在ご利用いただけません',
    refused: {
      'ledger-unavailable': problems['ledger-unavailable'],
      blocked: problems['denied-by-policy'],
      residency: problems['denied-residency'],
      'notice-missing': problems['denied-notice'],
      'notice-expired': problems['denied-notice'],
      'not-a-person': '同意できるのは人だけです。',
      'standing-unknown': problems['standing-unknown'],
      external: problems['denied-external'],
      withdrawn: '同意は撤回されています。',
    },
  },
};
