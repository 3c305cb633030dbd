/** The sentences of the public page about data handling, beside the article's own and the vendors'. */
export interface PageSentences {
  /** To whom the page jumps past what stands above the text. */
  readonly skip: string;
  readonly contents: string;
  /** Names the choice of a language, for those who hear the page. */
  readonly languages: string;
  /** How the statements are marked. */
  readonly marks: readonly string[];
  /** The heading of what the article says of all vendors. */
  readonly general: string;
  readonly inForce: string;
  amended(date: string): string;
  replaced(date: string): string;
  /** Before what a statement means in dejiren, and before what holds in its place. */
  readonly note: string;
  readonly now: string;
  readonly addition: string;
  checked(date: string): string;
  /** Of a vendor that the original article did not have. */
  added(date: string): string;
  /** Of a vendor that questions may go to, and of one that is not set up. */
  readonly inUse: string;
  readonly notInUse: string;
  sendsNothing(vendorName: string): string;
  notice(vendorName: string): string;
  readonly number: string;
  /** What a source says itself, and the hash of it. */
  readonly quote: string;
  readonly quoteHash: string;
  reviewBy(date: string): string;
  /** Where the organisation's own settings are the source. */
  readonly settings: string;
  readonly asking: string;
  readonly asked: readonly string[];
  readonly further: string;
  readonly keys: string;
  readonly keysLink: string;
  readonly laws: string;
  readonly lawsLink: string;
}
