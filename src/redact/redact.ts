import { openText, sealText } from '../model/text';
import type { Mention, Utterance } from '../model/turn';
import type { PromptMessage } from '../vendors/connector';
import type { Context } from './context';
import type { Found } from './find/found';
import { type Counts, countKinds, type Kind } from './kinds';
import { type NameOf, nameFinder } from './names';
import { join, type Piece, piecesOf, type Replacement, replaceIn } from './pieces';
import { createPlaceholders, labelKey, type Placeholders } from './placeholders';
import { copyFinder, foldQuote, withholdQuotes, withoutQuotes } from './quotes';
import { createRestorer, type Restorer } from './restore';
import type { Findings } from './search';

/** A question and its context as they may go to a vendor. */
export interface Redaction {
  /** Oldest first, the question last. Words of people other than the asker begin with their placeholder. */
  readonly messages: readonly PromptMessage[];
  /** A new restorer for one answer. */
  restore(): Restorer;
  /** What was replaced in the question itself; of values, how many different ones. */
  readonly counts: {
    readonly mentions: number;
    readonly names: number;
    readonly quotes: number;
    readonly values: Counts;
  };
}

export interface Audience {
  /** Nobody but the asker speaks there. */
  readonly direct: boolean;
}

const MESSAGE_WITHHELD = '[message withheld]';

/**
 * Takes out of a question and its context what must not go to a vendor: mentions and the names of people in the
 * thread become placeholders (`@person-1`, `#channel-1`, `@group-1`), so do values that were found (`[email-1]`), and
 * what was quoted or copied from people who have not agreed is withheld. In a direct conversation quotes stay.
 *
 * This is harm reduction: it knows the names and the messages of the thread, not those of the world.
 */
export function redact(question: Utterance, context: Context, findings: Findings, place: Audience): Redaction {
  const said = [...context.messages.flatMap((message) => ('said' in message ? [message.said] : [])), question];
  const known = [...said, ...context.withheld];
  const names = namesByPerson(context, known);
  const labels = labelsOf(names, known);
  const placeholders = createPlaceholders(
    labels,
    said.map(({ text }) => openText(text)),
  );
  const findNames = nameFinder(
    [...names].map(([id, all]): NameOf => ({ names: all, placeholder: () => placeholders.of('person', id) })),
  );
  const findCopies = copyFinder(context.withheld.map(({ text }) => openText(text)));
  const quotable = context.messages.flatMap((message) =>
    'said' in message
      ? [foldQuote(join(replaceIn(piecesOf(withoutQuotes(openText(message.said.text))), findCopies).pieces))]
      : [],
  );

  const clean = ({ text, mentions }: Utterance): Cleaned => {
    const words = openText(text);
    const quotes = place.direct ? { pieces: piecesOf(words), count: 0 } : withholdQuotes(words, quotable);
    const copies = replaceIn(quotes.pieces, findCopies);
    const mentioned = replaceIn(copies.pieces, mentionFinder(mentions, placeholders));
    const values = new Map<string, Kind>();
    const valued = replaceIn(mentioned.pieces, valueFinder(findings.get(text) ?? [], placeholders, values));
    const named = replaceIn(valued.pieces, findNames);
    return {
      pieces: named.pieces,
      counts: {
        mentions: mentioned.count,
        names: named.count,
        quotes: quotes.count + copies.count,
        values: countKinds(values.values()),
      },
    };
  };

  const messages = context.messages.map((message): PromptMessage => {
    if (message.from === 'withheld') return { role: 'user', text: sealText(MESSAGE_WITHHELD) };
    const words = join(clean(message.said).pieces);
    if (message.from === 'dejiren') return { role: 'assistant', text: sealText(words) };
    if (message.from === 'asker') return { role: 'user', text: sealText(words) };
    return { role: 'user', text: sealText(`${placeholders.of('person', message.id)}: ${words}`) };
  });
  const asked = clean(question);
  const shown = placeholders.shown();
  return {
    messages: [...messages, { role: 'user', text: sealText(join(asked.pieces)) }],
    restore: () => createRestorer(shown),
    counts: asked.counts,
  };
}

interface Cleaned {
  readonly pieces: readonly Piece[];
  readonly counts: Redaction['counts'];
}

/** Names that the platform told for authors, and labels of mentions. */
function namesByPerson(context: Context, known: readonly Utterance[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  const add = (id: string, name: string): void => {
    names.set(id, [...(names.get(id) ?? []), name]);
  };
  for (const person of context.people) for (const name of person.names) add(person.id, openText(name));
  for (const { mentions } of known)
    for (const { kind, id, label } of mentions) if (kind === 'person' && label !== undefined) add(id, openText(label));
  return names;
}

/** What is shown again for a placeholder: the first name known, without a mark of its own. */
function labelsOf(
  names: ReadonlyMap<string, readonly string[]>,
  known: readonly Utterance[],
): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const add = (kind: Mention['kind'], id: string, label: string): void => {
    const bare = label.replace(/^[@#＠＃\s]+/u, '').trim();
    if (bare !== '' && !labels.has(labelKey(kind, id))) labels.set(labelKey(kind, id), bare);
  };
  for (const { mentions } of known)
    for (const { kind, id, label } of mentions) if (label !== undefined) add(kind, id, openText(label));
  for (const [id, [name]] of names) if (name !== undefined) add('person', id, name);
  return labels;
}

/**
 * What was found in the whole, within the words that are left of it: of a value that was partly taken out already, the
 * rest. `given` takes down each placeholder with its kind.
 */
function valueFinder(
  found: readonly Found[],
  placeholders: Placeholders,
  given: Map<string, Kind>,
): (words: string, at: number) => readonly Replacement[] {
  return (words, at) =>
    found
      .filter(({ from, to }) => from < at + words.length && to > at)
      .map((one) => {
        const from = Math.max(0, one.from - at);
        const to = Math.min(words.length, one.to - at);
        const put = placeholders.ofValue(one.kind, words.slice(from, to));
        given.set(put, one.kind);
        return { from, to, put };
      });
}

/** Finds mentions by their exact characters; where two people share them, the order of the mentions tells who is meant. */
function mentionFinder(
  mentions: readonly Mention[],
  placeholders: Placeholders,
): (words: string) => readonly Replacement[] {
  const byToken = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const token = openText(mention.token);
    if (token !== '') byToken.set(token, [...(byToken.get(token) ?? []), mention]);
  }
  const longestFirst = [...byToken].sort(([one], [other]) => other.length - one.length);
  return (words) => {
    const found: Replacement[] = [];
    for (const [token, meant] of longestFirst)
      for (let at = words.indexOf(token); at !== -1; at = words.indexOf(token, at + token.length)) {
        const to = at + token.length;
        if (found.some((other) => at < other.to && to > other.from)) continue;
        const mention = meant.length > 1 ? meant.shift() : meant[0];
        if (mention !== undefined) found.push({ from: at, to, put: placeholders.of(mention.kind, mention.id) });
      }
    return found;
  };
}
