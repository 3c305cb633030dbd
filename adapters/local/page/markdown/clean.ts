import DOMPurify, { type Config } from 'dompurify';

const PLAIN = 'aria-label checked class disabled for id rel role start tabindex target type'.split(' ');

/** All that an answer may consist of: what is not named here is left out. */
const ALLOWED: Config & { readonly RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: (
    'a b blockquote br button code del div em h3 h4 h5 h6 hr input label li ol p pre s span strong table tbody td th ' +
    'thead tr ul #text'
  ).split(' '),
  ALLOWED_ATTR: ['href', ...PLAIN],
  /** What is no address need not look like one. */
  ADD_URI_SAFE_ATTR: PLAIN,
  ALLOWED_URI_REGEXP: /^https?:\/\//iu,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

/** Markup as elements. What comes in was made of a model's words, and is trusted by nobody. */
export function cleaned(markup: string): DocumentFragment {
  return DOMPurify.sanitize(markup, ALLOWED);
}
