import type { Source, VendorArticle } from '../../model/article';

const checkedOn = '2026-11-28';
const DEJIREN: Source = { title: 'dejiren', url: '' };

/** What is said of the preview, in the form of the article, which had nothing of it. */
export const PREVIEW_ARTICLE: VendorArticle = {
  heading: { en: 'Preview', ja: 'Preview' },
  addedOn: checkedOn,
  sections: [
    {
      title: {
        id: 'preview-dry-run',
        said: { en: 'A dry run inside dejiren', ja: 'dejiren内でのドライラン' },
        standing: 'in-force',
        source: DEJIREN,
        checkedOn,
      },
      statements: [
        {
          id: 'preview-sends-nothing',
          said: {
            en: 'Nothing is sent to anybody. The answer shows what an AI service would have been sent, and is not kept.',
            ja: 'どこにも何も送信しません。AIサービスに送信されるはずだった内容を回答として表示し、保存もしません。',
          },
          standing: 'in-force',
          source: DEJIREN,
          checkedOn,
        },
      ],
    },
  ],
};
