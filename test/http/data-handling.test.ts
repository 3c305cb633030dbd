import { createNotice, type Notice } from '../../src/consent/notice';
import { createDataHandlingPage } from '../../src/http/data-handling';
import { plainHash } from '../../src/kit/plain-words';
import { sentencesFor } from '../../src/language/sentences';
import { startWebServer } from '../../src/prove/doubles/web-server';
import { DATA_HANDLING } from '../../src/vendors/registry';

const noticeOf = (vendor: string, model: string): Notice => {
  const handling = DATA_HANDLING.get(vendor);
  if (handling === undefined) throw new Error(vendor);
  const route = { vendor, endpoint: 'jp.api.openai.com', region: 'jp', model, sharesForTraining: false };
  return createNotice({ ...handling, route });
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const asWords = (words: string): string => words.replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? '');

async function pageOf(notices: readonly Notice[]): Promise<{ response: Response; html: string }> {
  const { handle } = createDataHandlingPage(notices);
  const server = await startWebServer((request, response) => void handle(request, response));
  try {
    const response = await fetch(`${server.url}/data-handling`);
    return { response, html: await response.text() };
  } finally {
    await server.close();
  }
}

describe('/data-handling', () => {
  it('shows every notice in force in both languages, with sources, dates and the whole hash', async () => {
    const notices = [noticeOf('openai', 'gpt-5-mini'), noticeOf('preview', 'preview')];
    const { response, html } = await pageOf(notices);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const { id, statements, vendorName } of notices) {
      expect(html.split(id)).toHaveLength(3);
      for (const language of ['en', 'ja'] as const)
        expect(html).toContain(sentencesFor(language).card.noticeTitle(vendorName));
      for (const { source, checkedOn, reviewBy } of statements) {
        expect(html).toContain(checkedOn);
        expect(html).toContain(reviewBy);
        if (source.url !== '') expect(html).toContain(`href="${source.url}"`);
      }
    }
    for (const language of ['en', 'ja'] as const)
      expect(html).toContain(`<section id="${language}" lang="${language}">`);
  });

  it('shows words that look like markup as words, wherever they stand', async () => {
    const odd = `"><script>alert('&')</script>`;
    const notice = noticeOf('openai', 'm');
    const statements = notice.statements.map((one) => ({
      ...one,
      text: { en: odd, ja: odd },
      quote: odd,
      source: { title: odd, url: `https://vendor.example/${odd}` },
      outdated: { said: { en: odd, ja: odd }, source: { title: odd, url: odd } },
    }));
    const route = { ...notice.route, endpoint: odd, region: odd, model: odd };
    const { html } = await pageOf([{ ...notice, vendorName: odd, statements, route }]);
    expect(html).toContain(asWords(odd));
    expect(html).not.toContain('<script');
  });

  it('says first what dejiren promises and on what the rest depends, in both languages', async () => {
    const { html } = await pageOf([noticeOf('preview', 'preview')]);
    for (const language of ['en', 'ja'] as const) {
      const { page } = sentencesFor(language);
      expect(html).toContain(`<p>${page.promise}</p><p>${page.vendorsRules}</p>`);
      expect(html).toContain(`<a href="#${language}" lang="${language}">`);
      expect(html).toContain(`<a href="#${language}-preview">`);
    }
  });

  it.each([...DATA_HANDLING.keys()])(
    'shows of %s every statement, quote and hash, and what is outdated',
    async (vendor) => {
      const notice = noticeOf(vendor, 'm');
      const { html } = await pageOf([notice]);
      for (const language of ['en', 'ja'] as const) {
        const { card, page, country } = sentencesFor(language);
        expect(html).toContain(asWords(country('jp')));
        for (const { key, text, quote, outdated } of notice.statements) {
          expect(html).toContain(`<dt>${card.labels[key]}</dt><dd>${asWords(text[language])}`);
          if (quote !== undefined) {
            expect(html).toContain(asWords(quote));
            expect(html).toContain(`${page.statement} <code>${plainHash(quote)}</code>`);
          }
          if (outdated === undefined) continue;
          expect(html).toContain(`${page.outdated} ${asWords(outdated.said[language])}`);
          expect(html).toContain(`href="${outdated.source.url}"`);
        }
      }
    },
  );

  it('runs no code and loads nothing', async () => {
    const { response, html } = await pageOf([noticeOf('openai', 'gpt-5-mini')]);
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+';/u,
    );
    expect(html).not.toMatch(/<script|<img|<link|<iframe|\son\w+=/u);
  });

  it('escapes what the settings name', async () => {
    const { html } = await pageOf([noticeOf('openai', "\"><script>alert('x')</script>&")]);
    expect(html).not.toContain('<script>');
    expect(html).toContain('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;');
  });
});
