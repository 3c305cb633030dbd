/**
 * How a message of an answer is put before people. `rich`: Markdown, with what the platform draws around it; `plain`:
 * text alone. `where` is one of the platform's places, e.g. the thread, its channel, the asker's direct messages.
 */
export interface Way<Where extends string> {
  readonly form: 'rich' | 'plain';
  readonly where: Where;
}

/** What a refusal of the platform is about; a platform reads it from its own codes. */
export type Refusal =
  /** How something was put. What a platform's tables do not name is taken for this. */
  | 'form'
  /** A reply to this message, or in this thread. */
  | 'thread'
  /** The whole conversation. */
  | 'place'
  /** A message of the answer is gone: somebody who may took it away, so that it is not put back there. */
  | 'taken-away'
  /** Neither another form nor another place would help, e.g. the token was refused. */
  | 'everything';

/** A platform's places, from the usual one down. */
export interface Ladder<Where extends string> {
  readonly first: Where;
  /** Where an answer may be taken that was refused here; undefined where there is no other place. */
  next(where: Where, refusal: Refusal): Where | undefined;
  /** Tells people why the answer stands there; undefined where there is nothing to tell. */
  told(where: Where): string | undefined;
  /** Tells them why it is plain. */
  readonly plain: string;
  /** Sets these sentences apart from the answer below them. */
  paragraph(sentences: string): string;
}

/** The next plainer way after a refusal: first the form gives way, then the place. Undefined where there is none. */
export function plainerWay<Where extends string>(
  { form, where }: Way<Where>,
  refusal: Refusal,
  ladder: Pick<Ladder<Where>, 'next'>,
): Way<Where> | undefined {
  if (refusal === 'everything') return undefined;
  if (refusal === 'form' && form === 'rich') return { form: 'plain', where };
  const next = ladder.next(where, refusal);
  return next && { form, where: next };
}

/**
 * An answer's way, which gets plainer with each refusal and never richer again: a paid answer is not thrown away. The
 * messages of one answer share it, so that what was refused once is not tried again.
 *
 * @example
 * for (;;) {
 *   const note = ways.note('post');
 *   const result = await post(ways.way, note + text);
 *   if (result.ok) ways.noted('post');
 *   if (result.ok || !ways.leave(refusalOf(result))) return result;
 * }
 */
export class Ways<Where extends string> {
  readonly #ladder: Ladder<Where>;
  #way: Way<Where>;
  /** The way that people were told of last. */
  #noted: Way<Where>;

  constructor(ladder: Ladder<Where>) {
    this.#ladder = ladder;
    this.#way = { form: 'rich', where: ladder.first };
    this.#noted = this.#way;
  }

  get way(): Way<Where> {
    return this.#way;
  }

  /** Takes the next plainer way. `false`: there is none after this refusal. */
  leave(refusal: Refusal): boolean {
    const next = plainerWay(this.#way, refusal, this.#ladder);
    if (next !== undefined) this.#way = next;
    return next !== undefined;
  }

  /** Why the answer is shown in this way: a paragraph above it, once. Empty in the usual way. An edit moves nothing. */
  note(of: 'post' | 'edit'): string {
    const { form, where } = this.#way;
    const moved = of === 'post' && where !== this.#noted.where ? this.#ladder.told(where) : undefined;
    const told = [...(moved === undefined ? [] : [moved]), ...(form === this.#noted.form ? [] : [this.#ladder.plain])];
    return told.length === 0 ? '' : this.#ladder.paragraph(told.join(' '));
  }

  /** What `note` said is in the chat. */
  noted(of: 'post' | 'edit'): void {
    this.#noted = of === 'post' ? this.#way : { ...this.#noted, form: this.#way.form };
  }
}
