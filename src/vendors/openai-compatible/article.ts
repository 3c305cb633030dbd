import type { Source, VendorArticle } from '../../model/article';

const checkedOn = '2026-11-28';
const SETTINGS: Source = { title: 'Your organisation’s settings', url: '' };

/** What is said of an organisation's own server, in the form of the article, which had nothing of it. */
export const OPENAI_COMPATIBLE_ARTICLE: VendorArticle = {
  heading: { en: 'Self-hosted model', ja: '自社運用のモデル' },
  addedOn: checkedOn,
  sections: [
    {
      title: {
        id: 'openai-compatible-own-server',
        said: {
          en: 'A server that your organisation runs or chose (OpenAI-compatible)',
          ja: '組織が運用または選定したサーバー（OpenAI互換）',
        },
        standing: 'in-force',
        source: SETTINGS,
        checkedOn,
      },
      statements: [
        {
          id: 'openai-compatible-one-address',
          said: {
            en: 'dejiren sends questions to the address that your organisation set, and to no other.',
            ja: 'dejirenは、組織が設定したアドレスだけに質問を送信します。',
          },
          standing: 'in-force',
          source: SETTINGS,
          checkedOn,
        },
        {
          id: 'openai-compatible-organisation-decides',
          said: {
            en: 'Your organisation decides whether the data is used for training, how long logs are kept and where the server is.',
            ja: '学習への利用、ログの保持期間、サーバーの設置場所は、組織が決めます。',
          },
          standing: 'in-force',
          source: SETTINGS,
          checkedOn,
        },
      ],
    },
  ],
};
