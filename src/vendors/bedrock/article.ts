import type { Source, VendorArticle } from '../../model/article';

const checkedOn = '2026-11-23';
const SECURING: Source = {
  title: 'Securing generative AI: data, compliance, and privacy considerations',
  url: 'https://aws.amazon.com/blogs/security/securing-generative-ai-data-compliance-and-privacy-considerations/',
};
const ABUSE: Source = {
  title: 'Abuse detection, Amazon Bedrock User Guide',
  url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/abuse-detection.html',
};
const RETENTION: Source = {
  title: 'Data retention, Amazon Bedrock User Guide',
  url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/data-retention.html',
};
const GUIDE: Source = {
  title: 'Data protection, Amazon Bedrock User Guide',
  url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/data-protection.html',
};
const SITE: Source = {
  title: 'Security, privacy, and responsible AI',
  url: 'https://aws.amazon.com/bedrock/security-privacy-responsible-ai/',
};

/** What the original article says of Amazon Bedrock. Its first sentence is in two parts: one of them no longer holds. */
export const BEDROCK_ARTICLE: VendorArticle = {
  heading: { en: 'Amazon Bedrock', ja: 'Amazon Bedrock' },
  sections: [
    {
      title: {
        id: 'bedrock-securing-generative-ai',
        said: { en: SECURING.title, ja: SECURING.title },
        standing: 'in-force',
        source: SECURING,
        checkedOn,
      },
      statements: [
        {
          id: 'bedrock-no-training',
          said: {
            en: 'At Amazon, we don’t use your prompts and outputs to train or improve the underlying models in Amazon Bedrock and SageMaker JumpStart (including those from third parties),',
            ja: 'Amazonでは、お客様のプロンプトと出力を、Amazon BedrockおよびSageMaker JumpStartの基盤モデル（第三者のモデルを含む）のトレーニングや改善に使用しません。',
          },
          standing: 'in-force',
          source: SECURING,
          checkedOn,
        },
        {
          id: 'bedrock-no-human-review',
          said: {
            en: 'and humans won’t review them.',
            ja: 'また、それらを人が確認することもありません。',
          },
          standing: 'replaced',
          since: checkedOn,
          now: {
            en: 'This is still true of most models. For some newer ones, such as Claude Fable, people at AWS may review what was sent.',
            ja: '多くのモデルでは現在も同じです。Claude Fableなど一部の新しいモデルでは、AWSの担当者が内容を確認することがあります。',
          },
          source: ABUSE,
          checkedOn,
        },
        {
          id: 'bedrock-not-shared',
          said: {
            en: 'Also, we don’t share your data with third-party model providers.',
            ja: 'さらに、お客様のデータを第三者のモデル提供元と共有することもありません。',
          },
          standing: 'amended',
          since: checkedOn,
          now: {
            en: 'Unless the organisation itself has allowed sharing (data_retention_mode: provider_data_share).',
            ja: 'ただし、組織自身が共有を許可した場合（data_retention_mode: provider_data_share）を除きます。',
          },
          source: RETENTION,
          checkedOn,
        },
        {
          id: 'bedrock-private-in-your-accounts',
          said: {
            en: 'Your data remains private to you within your AWS accounts.',
            ja: 'お客様のデータは、お客様のAWSアカウント内で非公開に保たれます。',
          },
          standing: 'amended',
          since: checkedOn,
          now: {
            en: 'To detect abuse, AWS keeps some traffic for up to 30 days: what was flagged with OpenAI’s models, and everything with Claude Fable.',
            ja: '不正利用の検出のため、一部の通信が最長30日間保持されます（OpenAIのモデルでは検出されたもの、Claude Fableではすべて）。',
          },
          source: ABUSE,
          checkedOn,
          cited: [
            {
              id: 'bedrock-user-guide',
              said: { en: 'Amazon Bedrock User Guide', ja: 'Amazon Bedrockユーザーガイド' },
              standing: 'in-force',
              source: GUIDE,
              checkedOn,
            },
            {
              id: 'bedrock-official-site',
              said: { en: 'Amazon Bedrock official site', ja: 'Amazon Bedrock公式サイト' },
              standing: 'in-force',
              source: SITE,
              checkedOn,
            },
          ],
        },
      ],
    },
  ],
};
