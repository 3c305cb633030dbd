/** Both languages of a sentence that people read. */
export interface Bilingual {
  readonly en: string;
  readonly ja: string;
}

/** One statement of a vendor's data handling, with where it was read. */
export interface Statement {
  readonly key: 'training' | 'retention' | 'human-review' | 'third-parties' | 'residency' | 'zero-retention';
  /** The statement's value in a word or a number: what a material change is judged by. */
  readonly value: string;
  readonly text: Bilingual;
  readonly source: { readonly title: string; readonly url: string };
  /** ISO date on which the source was read. */
  readonly checkedOn: string;
  /** ISO date after which the statement no longer counts. */
  readonly reviewBy: string;
}

/** What the organisation's settings decide of the data handling. */
export interface NoticeRoute {
  readonly vendor: string;
  readonly endpoint: string;
  readonly region: string;
  readonly model: string;
  readonly sharesForTraining: boolean;
}

/** A vendor's data handling as shown to people: its statements and the route in force. */
export interface Notice {
  /** SHA-256 over the statements and the route, in hexadecimal. */
  readonly id: string;
  /** SHA-256 over what makes a change material: statement keys and values, and the route. */
  readonly materialId: string;
  readonly vendor: string;
  /** The vendor's name as people know it, e.g. `OpenAI`. */
  readonly vendorName: string;
  readonly route: NoticeRoute;
  readonly statements: readonly Statement[];
}
