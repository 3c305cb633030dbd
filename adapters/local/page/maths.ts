import { render } from 'katex';

/** Loaded, with `maths.css` and its fonts, when an answer first has a formula in it. */
export function set(formula: string, into: HTMLElement): void {
  render(formula, into, {
    displayMode: into.classList.contains('block'),
    // What is no formula is shown as it was written.
    throwOnError: false,
    strict: 'ignore',
    // No command that loads, links or styles.
    trust: false,
    maxExpand: 500,
    maxSize: 20,
  });
}
