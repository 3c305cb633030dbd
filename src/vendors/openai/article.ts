import type { Source, VendorArticle } from '../../model/article';

const checkedOn = '2026-11-23';
const PRIVACY: Source = { title: 'Enterprise Privacy at OpenAI', url: 'https://openai.com/enterprise-privacy' };
const ASIA: Source = {
  title: 'Introducing data residency in Asia',
  url: 'https://openai.com/index/introducing-data-residency-in-asia/',
};
const CONTROLS: Source = {
  title: 'Data controls in the OpenAI platform',
  url: 'https://developers.openai.com/api/docs/guides/your-data',
};
const RESIDENCY: Source = {
  title: 'Data residency',
  url: 'https://developers.openai.com/api/docs/guides/data-residency',
};

/** What the original article says of OpenAI. */
export const OPENAI_ARTICLE: VendorArticle = {
  heading: { en: 'OpenAI', ja: 'OpenAI' },
  sections: [
    {
      title: {
        id: 'openai-enterprise-privacy',
        said: { en: PRIVACY.title, ja: PRIVACY.title },
        standing: 'in-force',
        source: PRIVACY,
        checkedOn,
      },
      statements: [
        {
          id: 'openai-no-training-by-default',
          said: {
            en: 'By default, we do not use your business data for training our models.',
            ja: 'デフォルトでは、お客様のビジネスデータをモデルのトレーニングに使用しません。',
          },
          standing: 'in-force',
          source: PRIVACY,
          checkedOn,
        },
        {
          id: 'openai-opted-in-feedback',
          said: {
            en: 'If you have explicitly opted in to share your data with us (for example, through our opt-in feedback mechanisms (opens in a new window)) to improve our services, then we may use the shared data to train our models.',
            ja: 'サービス改善のために、お客様が明示的にオプトインして当社とデータを共有された場合（オプトイン方式のフィードバック機能（新しいウィンドウで開きます）など）、共有されたデータをモデルのトレーニングに使用することがあります。',
          },
          standing: 'in-force',
          note: {
            en: 'No feedback is sent to OpenAI. Where an organisation shares its API data for training, each person is asked about that separately.',
            ja: 'OpenAIにフィードバックを送信することはありません。組織がAPIのデータを学習用に共有している場合は、学習への利用について別途、一人ひとりに同意を確認します。',
          },
          source: PRIVACY,
          checkedOn,
        },
        {
          id: 'openai-30-days',
          said: {
            en: 'Except for certain endpoints and features listed in our platform documentation (opens in a new window), OpenAI may securely retain API inputs and outputs for up to 30 days to provide the services and to identify abuse.',
            ja: 'プラットフォームのドキュメント（新しいウィンドウで開きます）に記載された一部のエンドポイントと機能を除き、OpenAIは、サービスの提供と不正利用の検出のため、APIの入力と出力を最長30日間、安全に保持することがあります。',
          },
          standing: 'amended',
          since: checkedOn,
          now: {
            en: 'The 30 days still apply to abuse logs. The Responses API would also store each conversation for 30 days; dejiren always tells it not to (store: false).',
            ja: '不正利用の検出用ログの30日間は現在も同じです。加えて、Responses APIでは会話の内容も30日間保存されますが、dejirenは常に保存しない指定（store: false）で送信します。',
          },
          source: CONTROLS,
          checkedOn,
        },
      ],
    },
    {
      title: {
        id: 'openai-residency-in-asia',
        said: { en: ASIA.title, ja: ASIA.title },
        standing: 'amended',
        since: checkedOn,
        now: {
          en: 'Japan, India and Australia store and process data in the country; Singapore and South Korea only store it. It takes a project of that region and an amendment to the contract.',
          ja: '日本、インド、オーストラリアでは、保存と処理の両方が国内で行われます。シンガポールと韓国では保存のみです。いずれも、その地域のプロジェクトと契約の変更が必要です。',
        },
        source: RESIDENCY,
        checkedOn,
      },
      statements: [
        {
          id: 'openai-no-training-on-customer-data',
          said: {
            en: 'No training on customer data: By default, OpenAI’s models are not trained using data from ChatGPT business plans or the API unless a customer explicitly opts in to share data with us.',
            ja: 'お客様のデータをトレーニングに使用しません：お客様が明示的にオプトインしてデータを共有された場合を除き、デフォルトでは、ChatGPTのビジネス向けプランやAPIのデータがOpenAIのモデルのトレーニングに使用されることはありません。',
          },
          standing: 'in-force',
          source: ASIA,
          checkedOn,
        },
      ],
    },
  ],
};
