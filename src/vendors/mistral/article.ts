import type { Source, VendorArticle } from '../../model/article';

const checkedOn = '2026-11-28';
const OPT_OUT: Source = {
  title: 'Can I opt out of my input or output data being used for training?',
  url: 'https://help.mistral.ai/en/articles/455207-can-i-opt-out-of-my-input-or-output-data-being-used-for-training',
};
const PRIVACY: Source = {
  title: 'Privacy Policy, Mistral AI',
  url: 'https://legal.mistral.ai/terms/privacy-policy',
};

/** What is said of Mistral, in the form of the article, which had nothing of it. */
export const MISTRAL_ARTICLE: VendorArticle = {
  heading: { en: 'Mistral AI', ja: 'Mistral AI' },
  addedOn: checkedOn,
  sections: [
    {
      title: {
        id: 'mistral-opt-out',
        said: { en: OPT_OUT.title, ja: OPT_OUT.title },
        standing: 'in-force',
        source: OPT_OUT,
        checkedOn,
      },
      statements: [
        {
          id: 'mistral-training-by-plan',
          said: {
            en: 'Customers on a Scale plan are opted out of training by default.',
            ja: 'Scaleプランのお客様は、デフォルトで学習の対象外です。',
          },
          standing: 'in-force',
          note: {
            en: 'On the free plan Mistral may train on the data unless the organisation opts out. Where it may, each person is asked about that separately.',
            ja: '無料プランでは、組織がオプトアウトしない限り、データが学習に使用されることがあります。その場合は、学習への利用について別途、一人ひとりに同意を確認します。',
          },
          source: OPT_OUT,
          checkedOn,
        },
      ],
    },
    {
      title: {
        id: 'mistral-privacy-policy',
        said: { en: PRIVACY.title, ja: PRIVACY.title },
        standing: 'in-force',
        source: PRIVACY,
        checkedOn,
      },
      statements: [
        {
          id: 'mistral-30-days',
          said: {
            en: 'we keep your Input and Output for the period necessary to generate the Output and then for thirty (30) rolling days to monitor abuse (unless zero data retention is activated).',
            ja: '当社は、お客様の入力と出力を、出力の生成に必要な期間、およびその後、不正利用の監視のために30日間保持します（データを保持しない設定が有効な場合を除きます）。',
          },
          standing: 'in-force',
          source: PRIVACY,
          checkedOn,
        },
      ],
    },
  ],
};
