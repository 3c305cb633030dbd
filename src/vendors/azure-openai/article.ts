import type { ArticleStatement, Bilingual, Source, VendorArticle } from '../../model/article';

const since = '2026-11-23';
const checkedOn = '2026-11-28';
/** The page that the article quotes, as it is titled now. Microsoft dates it 18 May 2026. */
const PAGE: Source = {
  title: 'Data, privacy, and security for Models sold by Azure in Microsoft Foundry',
  url: 'https://learn.microsoft.com/azure/foundry/responsible-ai/openai/data-privacy',
};

/** A point that the page words otherwise now. */
const reworded = (id: string, said: Bilingual, now: Bilingual): ArticleStatement => ({
  id,
  said,
  standing: 'replaced',
  since,
  now,
  source: PAGE,
  checkedOn,
});

/** What the original article says of Azure OpenAI. */
export const AZURE_OPENAI_ARTICLE: VendorArticle = {
  heading: { en: 'Azure OpenAI Service', ja: 'Azure OpenAI Service' },
  sections: [
    {
      title: reworded(
        'azure-openai-data-privacy',
        {
          en: 'Data, privacy, and security for Azure OpenAI Service',
          ja: 'Data, privacy, and security for Azure OpenAI Service',
        },
        {
          en: 'Microsoft has renamed and reworded the page. It now covers all “Models sold by Azure”, and Azure OpenAI models are among them.',
          ja: 'ページの題名と表現が変わりました。現在は「Models sold by Azure」（Azureが販売するモデル）全体についての記載で、Azure OpenAIのモデルも含まれます。',
        },
      ),
      statements: [
        {
          id: 'azure-openai-your-data',
          said: {
            en: 'Your prompts (inputs) and completions (outputs), your embeddings, and your training data:',
            ja: 'お客様のプロンプト（入力）と生成結果（出力）、埋め込み、およびトレーニングデータは、',
          },
          standing: 'in-force',
          source: PAGE,
          checkedOn,
          points: [
            {
              id: 'azure-openai-not-to-other-customers',
              said: {
                en: 'are NOT available to other customers.',
                ja: '他のお客様が利用することはできません。',
              },
              standing: 'in-force',
              source: PAGE,
              checkedOn,
            },
            reworded(
              'azure-openai-not-to-openai',
              { en: 'are NOT available to OpenAI.', ja: 'OpenAIが利用することはできません。' },
              {
                en: '“are NOT available to OpenAI or other providers of Models sold by Azure.”',
                ja: '「OpenAIや、Azureが販売するモデルのその他の提供元が利用することはできません。」',
              },
            ),
            reworded(
              'azure-openai-not-to-improve-openai-models',
              {
                en: 'are NOT used to improve OpenAI models.',
                ja: 'OpenAIのモデルの改善に使用されることはありません。',
              },
              {
                en: '“are NOT used by providers of Models sold by Azure to improve their models or services.”',
                ja: '「Azureが販売するモデルの提供元が、自社のモデルやサービスの改善に使用することはありません。」',
              },
            ),
            reworded(
              'azure-openai-not-to-train-foundation-models',
              {
                en: 'are NOT used to train, retrain, or improve Azure OpenAI Service foundation models.',
                ja: 'Azure OpenAI Serviceの基盤モデルのトレーニング、再トレーニング、改善に使用されることはありません。',
              },
              {
                en: '“are NOT used to train any generative AI foundation models without your permission or instruction.”',
                ja: '「お客様の許可または指示なしに、生成AIの基盤モデルのトレーニングに使用されることはありません。」',
              },
            ),
            reworded(
              'azure-openai-not-to-improve-products',
              {
                en: 'are NOT used to improve any Microsoft or third party products or services without your permission or instruction.',
                ja: 'お客様の許可または指示なしに、Microsoftや第三者の製品・サービスの改善に使用されることはありません。',
              },
              {
                en: '“Customer Data, Prompts, and Completions are NOT used to improve Microsoft or third-party products or services without your explicit permission or instruction.”',
                ja: '「顧客データ、プロンプト、生成結果が、お客様の明示的な許可または指示なしに、Microsoftや第三者の製品・サービスの改善に使用されることはありません。」',
              },
            ),
            {
              id: 'azure-openai-fine-tuned-models',
              said: {
                en: 'Your fine-tuned Azure OpenAI models are available exclusively for your use.',
                ja: 'ファインチューニングしたAzure OpenAIモデルは、お客様だけが利用できます。',
              },
              standing: 'amended',
              since,
              now: {
                en: 'The page now says this of every model sold by Azure. dejiren does not fine-tune any model.',
                ja: '現在は、Azureが販売するすべてのモデルについて同じ記載があります。dejirenはファインチューニングを行いません。',
              },
              source: PAGE,
              checkedOn,
            },
          ],
        },
      ],
    },
  ],
};
