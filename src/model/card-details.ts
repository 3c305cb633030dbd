/** A label and a value. */
export interface CardFact {
  readonly label: string;
  readonly value: string;
}

export interface CardLink {
  readonly label: string;
  readonly url: string;
}

/** What is behind a card's button. */
export interface CardDetails {
  readonly facts: readonly CardFact[];
  readonly links: readonly CardLink[];
  readonly footnote: string;
}
