import type { Source, VendorArticle } from '../../model/article';

const checkedOn = '2026-11-28';
const DOCUMENTATION: Source = {
  title: 'Gemini Enterprise Agent Platform and zero data retention (formerly Vertex AI)',
  url: 'https://docs.cloud.google.com/gemini-enterprise-agent-platform/resources/zero-data-retention',
};
const TERMS: Source = {
  title: 'Service Specific Terms, Google Cloud',
  url: 'https://cloud.google.com/terms/service-terms',
};
const ABUSE: Source = {
  title: 'Abuse monitoring, Gemini Enterprise Agent Platform',
  url: 'https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/abuse-monitoring',
};
const COMMITMENTS: Source = {
  title: 'AI Privacy commitments for Google Cloud',
  url: 'https://cloud.google.com/blog/products/ai-machine-learning/google-cloud-unveils-ai-and-ml-privacy-commitment',
};

/** What the original article says of Vertex AI. */
export const VERTEX_AI_ARTICLE: VendorArticle = {
  heading: { en: 'Google VertexAI', ja: 'Google VertexAI' },
  sections: [
    {
      title: {
        id: 'vertex-ai-privacy-hub',
        said: { en: 'Gemini Apps Privacy Hub', ja: 'Gemini Apps Privacy Hub' },
        standing: 'replaced',
        since: '2026-11-23',
        now: {
          en: 'That page is about Google’s consumer app. These statements are in the documentation of Vertex AI, which Google now calls Gemini Enterprise Agent Platform.',
          ja: 'このページは一般消費者向けアプリに関するものです。以下の記載は、Vertex AI（現在の名称はGemini Enterprise Agent Platform）のドキュメントにあります。',
        },
        source: DOCUMENTATION,
        checkedOn,
      },
      statements: [
        {
          id: 'vertex-ai-training-restriction',
          said: {
            en: 'As outlined in Section 17 “Training Restriction” in the Service Terms section of Service Specific Terms, Google won’t use your data to train or fine-tune any AI/ML models without your prior permission or instruction.',
            ja: 'サービス固有の規約の「サービス規約」第17条「トレーニングの制限」に記載のとおり、Googleは、お客様の事前の許可または指示なしに、お客様のデータをAI/MLモデルのトレーニングやファインチューニングに使用しません。',
          },
          standing: 'replaced',
          since: checkedOn,
          now: {
            en: 'The restriction stands, but it is Section 18 now: “Google will not use Customer Data to train or fine-tune any AI/ML models without Customer’s prior permission or instruction.”',
            ja: '制限の内容は同じですが、現在は第18条です。「Googleは、お客様の事前の許可または指示なしに、顧客データをAI/MLモデルのトレーニングやファインチューニングに使用しません。」',
          },
          source: TERMS,
          checkedOn,
        },
        {
          id: 'vertex-ai-ga-and-pre-ga',
          said: {
            en: 'This applies to all managed models on Vertex AI, including GA and pre-GA models.',
            ja: 'これは、一般提供（GA）および一般提供前（pre-GA）のモデルを含む、Vertex AI上のすべてのマネージドモデルに適用されます。',
          },
          standing: 'replaced',
          since: checkedOn,
          now: {
            en: '“This applies to all managed models on Gemini Enterprise Agent Platform, including GA and pre-GA models.” Only the name has changed.',
            ja: '「これは、一般提供（GA）および一般提供前（pre-GA）のモデルを含む、Gemini Enterprise Agent Platform上のすべてのマネージドモデルに適用されます。」変わったのは名称だけです。',
          },
          source: DOCUMENTATION,
          checkedOn,
          cited: [
            {
              id: 'vertex-ai-documentation',
              said: {
                en: 'Google Cloud official documentation',
                ja: 'Google Cloud公式ドキュメント',
              },
              standing: 'in-force',
              source: DOCUMENTATION,
              checkedOn,
            },
          ],
        },
        {
          id: 'vertex-ai-prompt-logging',
          said: {
            en: 'Regarding prompt logging and fraud monitoring, the company clearly states “We do not use data that you provide us to train our own models without your permission.”',
            ja: 'プロンプトのログ記録と不正利用の監視について、同社は「お客様の許可なしに、提供いただいたデータを当社独自のモデルのトレーニングに使用することはありません」と明記しています。',
          },
          standing: 'amended',
          since: checkedOn,
          now: {
            en: 'Where automated checks suspect abuse, Google may log prompts for up to 90 days, and authorised employees may look at them. They are not used for training. Organisations with a Google Cloud Master Agreement are exempt; others can ask for an exception.',
            ja: '自動検出で不正利用が疑われた場合、プロンプトが最長90日間記録され、権限を持つ従業員が確認することがあります。学習には使用されません。Google Cloudの基本契約（Master Agreement）がある組織は対象外で、その他の組織は除外を申請できます。',
          },
          source: ABUSE,
          checkedOn,
          cited: [
            {
              id: 'vertex-ai-privacy-commitments',
              said: { en: COMMITMENTS.title, ja: 'Google CloudのAIプライバシーに関する取り組み' },
              standing: 'in-force',
              source: COMMITMENTS,
              checkedOn: '2026-11-23',
            },
          ],
        },
      ],
    },
  ],
};
