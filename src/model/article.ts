/** Both languages of a sentence that people read. */
export interface Bilingual {
  readonly en: string;
  readonly ja: string;
}

/** Where something was read. An empty address where dejiren, or the organisation's settings, are the source. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

/** Where the public article is, below the address of the server. */
export const ARTICLE_PATH = '/data-handling';

/**
 * Whether a statement of the original article still holds. `amended`: it does, with an addition. `replaced`: it does
 * not stand so any more.
 */
export type Standing =
  | {
      readonly standing: 'in-force';
      /** What it means in dejiren. */
      readonly note?: Bilingual;
    }
  | {
      readonly standing: 'amended' | 'replaced';
      /** ISO date on which dejiren found the change and said so. Vendors seldom date their own. */
      readonly since: string;
      /** What holds now. */
      readonly now: Bilingual;
    };

/** A sentence of the article, or a part of one that stands or falls by itself, word for word. */
export type ArticleStatement = Standing & {
  /** Its place on the page: the end of an address that is linked to. */
  readonly id: string;
  /** `en` as the article had it, to the last character. */
  readonly said: Bilingual;
  /** Where what holds now was read. */
  readonly source: Source;
  /** ISO date on which the source was read. */
  readonly checkedOn: string;
  /** What it is the subject of: they follow it in the article, a point each. */
  readonly points?: readonly ArticleStatement[];
  /** Further sources that the article names below it. */
  readonly cited?: readonly ArticleStatement[];
};

/** What the article takes from one source: its title, and what it says. */
export interface ArticleSection {
  readonly title: ArticleStatement;
  readonly statements: readonly ArticleStatement[];
}

/** What the article says of one vendor. */
export interface VendorArticle {
  /** As the article calls the vendor. */
  readonly heading: Bilingual;
  /** ISO date on which the article got it; undefined for what the original article had. */
  readonly addedOn?: string;
  readonly sections: readonly ArticleSection[];
}

/** Every statement of sections, in the order in which they are read. */
export function statementsIn(sections: readonly ArticleSection[]): readonly ArticleStatement[] {
  return sections.flatMap(({ title, statements }) => [title, ...statements].flatMap(withFollowing));
}

/** A statement, and what follows from it. */
export function withFollowing(statement: ArticleStatement): readonly ArticleStatement[] {
  const { points = [], cited = [] } = statement;
  return [statement, ...[...points, ...cited].flatMap(withFollowing)];
}
