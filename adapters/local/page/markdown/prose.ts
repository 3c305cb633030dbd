import morphdom from 'morphdom';
import { cleaned } from './clean';
import { bringColours, bringMaths, isAlready } from './extras';
import { type Block, markupOf, type ProseSetting, type ProseWords, readBlocks } from './reader';

interface Shown {
  readonly block: Block;
  readonly element: Element;
  /** What the headings before it came to. */
  readonly headings: ProseSetting['headings'];
}

let tasks = 0;

/**
 * Shows the Markdown of an answer in an element, and goes on as the answer grows: only the blocks at its end are read
 * again, and only what changed in them is changed on the page, so that a selection, the focus and what was scrolled
 * within it stay.
 */
export class Prose {
  readonly #host: Element;
  readonly #words: ProseWords;
  #shown: readonly Shown[] = [];
  #text = '';
  /** What the headings came to at the end of the text. */
  #headings: ProseSetting['headings'] = { first: undefined, last: 2 };

  constructor(host: Element, words: ProseWords) {
    this.#host = host;
    this.#words = words;
  }

  /** `isWhole`: no more comes. */
  show(text: string, isWhole: boolean): void {
    const wanted = text.replaceAll(/\r\n?/gu, '\n');
    if (wanted !== this.#text) this.#redraw(wanted);
    this.#text = wanted;
    const open = isWhole ? undefined : this.#shown.at(-1)?.element;
    bringColours(this.#host, open);
    bringMaths(this.#host, open);
  }

  #redraw(text: string): void {
    const before = this.#shown;
    const blocks = readBlocks(
      text,
      before.map(({ block }) => block),
    );
    const changed = blocks.findIndex(({ source }, index) => before[index]?.block.source !== source);
    const kept = changed < 0 ? blocks.length : changed;
    const headings = before[kept]?.headings ?? this.#headings;
    const setting: ProseSetting = { words: this.#words, tasklistId: tasks, headings };
    const fresh = blocks.slice(kept).map((block, index) => this.#draw(block, before[kept + index]?.element, setting));
    for (const { element } of before.slice(blocks.length)) element.remove();
    tasks = setting.tasklistId;
    this.#headings = setting.headings;
    this.#shown = [...before.slice(0, kept), ...fresh];
  }

  #draw(block: Block, old: Element | undefined, setting: ProseSetting): Shown {
    const { headings } = setting;
    const fragment = cleaned(markupOf(block, setting));
    const made = fragment.firstElementChild ?? document.createElement('p');
    if (old === undefined) this.#host.append(made);
    else if (old.tagName === made.tagName)
      morphdom(old, made, { onBeforeElUpdated: (from, to) => !from.isEqualNode(to) && !isAlready(from, to) });
    else old.replaceWith(made);
    const element = old?.tagName === made.tagName ? old : made;
    return { block, element, headings };
  }
}
