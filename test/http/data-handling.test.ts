import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '../../src/consent/notice';
import { ARTICLE_GENERAL, ARTICLE_TITLE } from '../../src/http/article-general';
import { plainHash } from '../../src/kit/plain-words';
import { dayWritten } from '../../src/language/dates';
import { sentencesFor } from '../../src/language/sentences';
import { type ArticleStatement, statementsIn, withFollowing } from '../../src/model/article';
import type { Language } from '../../src/model/turn';
import type { WebServer } from '../../src/prove/doubles/web-server';
import { ARTICLES, DATA_HANDLING, VENDORS } from '../../src/vendors/registry';
import { noticeOf, servePage } from '../support/data-handling';

const LANGUAGES: readonly Language[] = ['en', 'ja'];
const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const asMarkup = (words: string): string => words.replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? '');
const asWords = (markup: string): string =>
  Object.entries(ENTITIES).reduce((words, [character, entity]) => words.replaceAll(entity, character), markup);

/** The article as it was published, whole. */
const ORIGINAL = readFileSync(join(__dirname, 'original-article.txt'), 'utf8');
/** Its words in their order, without the marks of its lists. */
const inOrder = (words: string): string =>
  words
    .replace(/^\s*[•–]\s*/gmu, '')
    .replace(/\s+/gu, ' ')
    .trim();

const ORIGINAL_VENDORS = [...ARTICLES].filter(([, { addedOn }]) => addedOn === undefined);
const ALL: readonly ArticleStatement[] = [
  ARTICLE_TITLE,
  ...ARTICLE_GENERAL.flatMap(withFollowing),
  ...[...ARTICLES.values()].flatMap(({ sections }) => statementsIn(sections)),
];

describe('the public article', () => {
  let server: WebServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  const open = async (notices: readonly Notice[], path = '', headers: Record<string, string> = {}) => {
    server = await servePage(notices);
    const response = await fetch(`${server.url}/data-handling${path}`, { headers });
    return { response, html: await response.text() };
  };
  const articleOn = (html: string): readonly string[] =>
    [...html.matchAll(/<span data-article[^>]*>(?<said>.*?)<\/span>/gsu)].map(({ groups }) =>
      asWords(groups?.said ?? ''),
    );

  it('carries the original article from its first word to its last, in its order', async () => {
    const { html } = await open([]);
    const said = articleOn(html).join(' ');
    const added = [...ARTICLES.values()]
      .filter(({ addedOn }) => addedOn !== undefined)
      .flatMap(({ sections }) => statementsIn(sections).map((one) => one.said.en))
      .join(' ');
    expect(inOrder(said)).toBe(`${inOrder(ORIGINAL)} ${inOrder(added)}`);
  });

  it('has a place for every sentence of it', async () => {
    const { html } = await open([]);
    const page = inOrder(articleOn(html).join(' '));
    const sentences = inOrder(ORIGINAL).split(/(?<=\.)\s+(?=[A-Z])/u);
    expect(sentences).toHaveLength(19);
    for (const sentence of sentences) expect(page).toContain(sentence);
  });

  it('says of each statement whether it holds, since when not, and what holds now, in both languages', async () => {
    for (const language of LANGUAGES) {
      const { html } = await open([], `?lang=${language}`);
      const { page } = sentencesFor(language);
      for (const statement of ALL) {
        const isTitle = !html.includes(`<li id="${statement.id}"`);
        if (statement.standing === 'in-force') {
          if (!isTitle) expect(placeOf(html, statement.id)).toContain(`>${page.inForce}</span>`);
          continue;
        }
        const date = dayWritten(statement.since, language);
        const badge = statement.standing === 'amended' ? page.amended(date) : page.replaced(date);
        const place = placeOf(html, statement.id);
        expect(place).toContain(`>${badge}</span>`);
        expect(place).toContain(asMarkup(statement.now[language]));
        if (statement.source.url !== '') expect(html).toContain(`href="${statement.source.url}"`);
      }
      await server?.close();
    }
  });

  it('speaks of every vendor: those of the original first, in its order', () => {
    expect([...ARTICLES.keys()].sort()).toEqual([...VENDORS].sort());
    expect(ORIGINAL_VENDORS.map(([vendor]) => vendor)).toEqual(['openai', 'azure-openai', 'vertex-ai', 'bedrock']);
    expect([...ARTICLES.keys()].slice(0, 4)).toEqual(ORIGINAL_VENDORS.map(([vendor]) => vendor));
  });

  it('names each statement once, and says it in both languages', () => {
    const ids = ALL.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { said, id } of ALL) {
      expect(id).toMatch(/^[a-z0-9-]+$/u);
      expect(said.en).not.toMatch(JAPANESE);
      // What stands there in English is the title of an English page.
      if (!JAPANESE.test(said.ja)) expect([id, said.ja]).toEqual([id, said.en]);
    }
    for (const statement of ALL) {
      const told = 'now' in statement ? statement.now : statement.note;
      if (told === undefined) continue;
      expect(told.ja).toMatch(JAPANESE);
      expect(told.en).not.toMatch(JAPANESE);
    }
  });

  it('has dates that are dates, and sources that everybody can open', () => {
    for (const { source, checkedOn, ...statement } of ALL) {
      for (const date of [checkedOn, 'since' in statement ? statement.since : checkedOn])
        expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
      expect(source.url).toMatch(/^(https:\/\/\S+)?$/u);
    }
  });

  it('marks what is known to have changed', () => {
    const changed = ALL.filter(({ standing }) => standing !== 'in-force').map(({ id }) => id);
    expect(changed).toEqual(
      expect.arrayContaining([
        'not-used-for-learning',
        'openai-30-days',
        'azure-openai-data-privacy',
        'azure-openai-not-to-train-foundation-models',
        'vertex-ai-privacy-hub',
        'vertex-ai-training-restriction',
        'bedrock-no-human-review',
        'bedrock-private-in-your-accounts',
      ]),
    );
  });

  it('shows no date as a machine writes it', async () => {
    for (const language of LANGUAGES) {
      const { html } = await open(
        VENDORS.map((vendor) => noticeOf(vendor)),
        `?lang=${language}`,
      );
      expect(html).not.toMatch(/\d{4}-\d{2}-\d{2}/u);
      await server?.close();
    }
  });
});

describe('the notices below it', () => {
  let server: WebServer | undefined;
  afterEach(() => server?.close());
  const read = async (notices: readonly Notice[], language: Language): Promise<string> => {
    server = await servePage(notices);
    return (await fetch(`${server.url}/data-handling?lang=${language}`)).text();
  };

  it.each(VENDORS.flatMap((vendor) => LANGUAGES.map((language) => [vendor, language] as const)))(
    'show of %s, in %s, every statement, quote and hash, with its source and dates',
    async (vendor, language) => {
      const notice = noticeOf(vendor);
      const html = await read([notice], language);
      const { card, page, country } = sentencesFor(language);
      expect(html).toContain(notice.id);
      expect(html).toContain(asMarkup(country('jp')));
      for (const { key, text, quote, source, checkedOn, reviewBy } of notice.statements) {
        expect(html).toContain(`<dt>${card.labels[key]}</dt><dd><p>${asMarkup(text[language])}</p>`);
        expect(html).toContain(page.checked(dayWritten(checkedOn, language)));
        expect(html).toContain(page.reviewBy(dayWritten(reviewBy, language)));
        if (source.url !== '') expect(html).toContain(`href="${source.url}"`);
        if (quote === undefined) continue;
        expect(html).toContain(`<blockquote lang="en">${asMarkup(quote)}</blockquote>`);
        expect(html).toContain(`<code>${plainHash(quote)}</code>`);
      }
    },
  );

  it('are those of the vendors that are set up, and of the others it says that nothing is sent to them', async () => {
    const html = await read([noticeOf('openai')], 'en');
    const { page } = sentencesFor('en');
    expect(html.split('<section class="notice"')).toHaveLength(2);
    expect(html).not.toContain(asMarkup(page.sendsNothing('OpenAI')));
    for (const [vendor, { heading }] of ARTICLES)
      if (vendor !== 'openai') expect(html).toContain(asMarkup(page.sendsNothing(heading.en)));
  });

  it('show words that look like markup as words, wherever they stand', async () => {
    const odd = `"><script>alert('&')</script>`;
    const notice = noticeOf('openai', { endpoint: odd, region: odd, model: odd });
    const statements = notice.statements.map((one) => ({
      ...one,
      text: { en: odd, ja: odd },
      quote: odd,
      source: { title: odd, url: `https://vendor.example/${odd}` },
    }));
    const html = await read([{ ...notice, vendorName: odd, statements }], 'en');
    expect(html).toContain(asMarkup(odd));
    expect(html).not.toContain('<script');
  });
});

describe('GET /data-handling', () => {
  let server: WebServer;
  beforeAll(async () => {
    server = await servePage([...DATA_HANDLING.keys()].map((vendor) => noticeOf(vendor)));
  });
  afterAll(() => server.close());
  const get = (path = '', headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${server.url}/data-handling${path}`, { headers, method });
  const languageOf = async (response: Response): Promise<string> =>
    `${response.headers.get('content-language')} ${/<html lang="(?<is>\w+)"/u.exec(await response.text())?.groups?.is}`;

  it('is in the language that the address asks for, else that the browser would rather have', async () => {
    expect(await languageOf(await get())).toBe('en en');
    expect(await languageOf(await get('', { 'accept-language': 'ja' }))).toBe('ja ja');
    expect(await languageOf(await get('', { 'accept-language': 'fr, ja-JP;q=0.8, en;q=0.5' }))).toBe('ja ja');
    expect(await languageOf(await get('?lang=en', { 'accept-language': 'ja' }))).toBe('en en');
    expect((await get()).headers.get('vary')).toBe('accept-language');
  });

  it('has a link to the other language, by its own name, that needs no script', async () => {
    const html = await (await get()).text();
    expect(html).toContain('<a href="?lang=ja" lang="ja" hreflang="ja">日本語</a>');
    expect(html).toContain('<a href="?lang=en" lang="en" hreflang="en" aria-current="true">English</a>');
  });

  it('is not sent again to a browser that has it', async () => {
    const first = await get();
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/u);
    for (const tags of [etag, `W/${etag}`, `"another", ${etag}`, '*']) {
      const again = await get('', { 'if-none-match': tags });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await get('?lang=ja', { 'if-none-match': etag })).status).toBe(200);
    expect((await get('', { 'if-none-match': '"another"' })).status).toBe(200);
  });

  it('tells HEAD how long it is, without a word of it', async () => {
    const [head, page] = await Promise.all([get('', {}, 'HEAD'), get()]);
    expect(await head.text()).toBe('');
    expect(head.headers.get('content-length')).toBe(page.headers.get('content-length'));
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('runs no code and loads nothing', async () => {
    const response = await get();
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+';/u,
    );
    expect(await response.text()).not.toMatch(/<script|<img|<link(?! rel="icon" href="data:)|<iframe|\son\w+=/u);
  });

  it('leads from its contents to every part, and from every part to something', async () => {
    const html = await (await get()).text();
    const targets = [...html.matchAll(/href="#(?<id>[^"]+)"/gu)].map(({ groups }) => groups?.id);
    expect(targets).toEqual(expect.arrayContaining(['general', ...VENDORS, 'asking', 'further']));
    for (const id of targets) expect(html.split(` id="${id}"`)).toHaveLength(2);
  });
});

/** From where a statement begins to where the next one of the page does. */
function placeOf(html: string, id: string): string {
  const from = html.indexOf(` id="${id}"`);
  expect(from).toBeGreaterThan(0);
  const next = html.indexOf('<span data-article', html.indexOf('<span data-article', from) + 1);
  return html.slice(from, next === -1 ? undefined : next);
}
