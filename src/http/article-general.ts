import type { ArticleStatement, Source } from '../model/article';

const checkedOn = '2026-11-28';
const DEJIREN: Source = { title: 'dejiren', url: '' };

/** The article's title. */
export const ARTICLE_TITLE: ArticleStatement = {
  id: 'title',
  said: {
    en: 'Data handling when dejiren integrates with generative AIs',
    ja: 'dejirenと生成AIの連携におけるデータの取り扱い',
  },
  standing: 'in-force',
  source: DEJIREN,
  checkedOn,
};

/** What the original article says before it comes to the vendors, in its order. */
export const ARTICLE_GENERAL: readonly ArticleStatement[] = [
  {
    id: 'purpose',
    said: {
      en: 'This article describes how dejiren handles the data shared with each generative AI.',
      ja: '本記事では、dejirenが各生成AIと連携する際の、データの取り扱いについて説明します。',
    },
    standing: 'in-force',
    source: DEJIREN,
    checkedOn,
  },
  {
    id: 'connector',
    said: {
      en: 'The VA that integrates with the generative AI sends and receives data via a connector that connects to the API of the connected services.',
      ja: '生成AIと連携するVAは、連携先サービスのAPIに接続するコネクタを介して、データを送受信します。',
    },
    standing: 'in-force',
    note: {
      en: 'The VA (virtual assistant) is the bot that people mention or write to. Each AI service has a connector of its own, and each person’s consent is checked before anything reaches it.',
      ja: 'VA（バーチャルアシスタント）とは、メンションやメッセージに応答するボットのことです。コネクタはAIサービスごとにあり、データを渡す前に必ず本人の同意を確認します。',
    },
    source: DEJIREN,
    checkedOn,
  },
  {
    id: 'opt-in',
    said: {
      en: 'Opt-In is a mechanism in which users express their explicit consent (participation) and provide their data for training and use of the generative AI.',
      ja: 'オプトインとは、利用者が明示的に同意（参加）の意思を示したうえで、生成AIの学習や利用のために自身のデータを提供する仕組みです。',
    },
    standing: 'in-force',
    note: {
      en: 'This is the default. Each person agrees to each AI service, and consent to training is always separate.',
      ja: 'こちらがデフォルトの方式です。AIサービスごとに一人ひとりの同意を確認し、学習への利用については必ず別途同意を確認します。',
    },
    source: DEJIREN,
    checkedOn,
  },
  {
    id: 'opt-out',
    said: {
      en: 'Opt-Out is a mechanism in which users do nothing and their consent (participation) is considered automatic, but if they wish to refuse (non-participation), they can do so themselves and exclude their data from training and use of the generative AI.',
      ja: 'オプトアウトとは、利用者が何もしなければ自動的に同意（参加）したとみなされますが、拒否（不参加）を希望する場合は自ら手続きを行い、生成AIの学習や利用から自身のデータを除外できる仕組みです。',
    },
    standing: 'in-force',
    note: {
      en: 'This applies only where the organisation chose it, after the person was shown the data handling, and never to training. /dejiren-optin off opts out.',
      ja: '組織が選択した場合のみ、本人にデータの取り扱いを表示した後に適用されます。学習への利用には適用されません。/dejiren-optin オフ で拒否できます。',
    },
    source: DEJIREN,
    checkedOn,
  },
  {
    id: 'nothing-accumulated',
    said: {
      en: 'dejiren will not accumulate data entered by users and disclose it to third parties.',
      ja: 'dejirenは、利用者が入力したデータを蓄積せず、第三者に開示することもありません。',
    },
    standing: 'in-force',
    note: {
      en: 'No question and no answer is ever stored. The only third party that receives a question is the AI service that the person was asked about.',
      ja: '質問も回答も保存しません。質問を受け取る第三者は、本人に確認したAIサービスだけです。',
    },
    source: DEJIREN,
    checkedOn,
  },
  {
    id: 'vendors-regulations',
    said: {
      en: 'The handling of data by the connected services will depend on the regulations stated by each generative AI vendor.',
      ja: '連携先サービスでのデータの取り扱いは、各生成AIベンダーが定める規約によります。',
    },
    standing: 'in-force',
    source: DEJIREN,
    checkedOn,
  },
  {
    id: 'not-used-for-learning',
    said: {
      en: 'Each vendor’s regulations clearly state that the data entered will not be used for learning as follows.',
      ja: '各ベンダーの規約には、入力したデータを学習に使用しないことが、以下のとおり明記されています。',
    },
    standing: 'amended',
    since: checkedOn,
    now: {
      en: 'This is true of the four vendors that the article names and of Anthropic. Mistral may train on its free plan, and on your own server your organisation decides.',
      ja: '記事に記載の4社とAnthropicについては、このとおりです。Mistralの無料プランでは学習に使用されることがあります。自社サーバーの場合は組織が決めます。',
    },
    source: DEJIREN,
    checkedOn,
  },
  {
    id: 'may-be-revised',
    said: {
      en: 'Each vendor’s regulations may be revised, so please check the latest official information.',
      ja: '各ベンダーの規約は改定されることがありますので、最新の公式情報をご確認ください。',
    },
    standing: 'in-force',
    note: {
      en: 'Every statement names its source and the day it was checked. Once a review is overdue, nothing goes to that vendor until it is done.',
      ja: 'すべての記載に出典と確認日を示しています。確認期限を過ぎると、再確認が済むまで、そのベンダーには何も送信しません。',
    },
    source: DEJIREN,
    checkedOn,
  },
];
