import type { Source, VendorArticle } from '../../model/article';

const checkedOn = '2026-11-28';
const TERMS: Source = {
  title: 'Commercial Terms of Service, Anthropic',
  url: 'https://www.anthropic.com/legal/commercial-terms',
};
const STORED: Source = {
  title: 'How long do you store my organization’s data?',
  url: 'https://privacy.claude.com/en/articles/7996866-how-long-do-you-store-my-organization-s-data',
};
const REVIEW: Source = {
  title: 'Data retention practices for Mythos-class models',
  url: 'https://support.claude.com/en/articles/15425996-data-retention-practices-for-mythos-class-models',
};

/** What is said of Anthropic, in the form of the article, which had nothing of it. */
export const ANTHROPIC_ARTICLE: VendorArticle = {
  heading: { en: 'Anthropic', ja: 'Anthropic' },
  addedOn: checkedOn,
  sections: [
    {
      title: {
        id: 'anthropic-commercial-terms',
        said: { en: TERMS.title, ja: TERMS.title },
        standing: 'in-force',
        source: TERMS,
        checkedOn,
      },
      statements: [
        {
          id: 'anthropic-no-training',
          said: {
            en: 'Anthropic may not train models on Customer Content from Services.',
            ja: 'Anthropicは、本サービスのお客様のコンテンツを用いてモデルを学習させることはできません。',
          },
          standing: 'in-force',
          source: TERMS,
          checkedOn,
        },
      ],
    },
    {
      title: {
        id: 'anthropic-storage',
        said: { en: STORED.title, ja: STORED.title },
        standing: 'in-force',
        source: STORED,
        checkedOn,
      },
      statements: [
        {
          id: 'anthropic-30-days',
          said: {
            en: 'Inputs and outputs are deleted within 30 days. What was flagged as against the usage policy is kept for up to 2 years.',
            ja: '入力と出力は30日以内に削除されます。利用ポリシー違反として検出されたものは、最長2年間保持されます。',
          },
          standing: 'in-force',
          source: STORED,
          checkedOn,
        },
      ],
    },
    {
      title: {
        id: 'anthropic-review',
        said: { en: REVIEW.title, ja: REVIEW.title },
        standing: 'in-force',
        source: REVIEW,
        checkedOn,
      },
      statements: [
        {
          id: 'anthropic-human-review',
          said: {
            en: 'Anthropic employees cannot access your conversations unless they are flagged for potential serious harm or upon a customer’s written request.',
            ja: '重大な危害のおそれがあるとして検出された場合、またはお客様から書面で依頼があった場合を除き、Anthropicの従業員が会話にアクセスすることはできません。',
          },
          standing: 'in-force',
          note: {
            en: 'Anthropic says this of its Fable and Mythos models, and nothing of the others.',
            ja: 'FableとMythosのモデルについての記載です。その他のモデルについての記載はありません。',
          },
          source: REVIEW,
          checkedOn,
        },
      ],
    },
  ],
};
