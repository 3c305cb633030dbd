import { MARK } from '../../../src/kit/brand';

type Child = Node | string | undefined | false;
type Attribute = string | boolean | undefined | ((event: never) => void);

/**
 * Makes an element. Attributes named `on…` are listeners; `true` sets a bare attribute, `false` and `undefined`
 * none. Strings become text, never markup.
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  for (const child of children) if (child !== undefined && child !== false) element.append(child);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Strokes of the icons, in a box of 24. */
const ICONS = {
  send: 'M5 12h13M12.500 6l6 6-6 6',
  stop: 'M8 8h8v8H8z',
  lock: 'M7.500 11V8.500a4.500 4.500 0 0 1 9 0V11M6 11h12v8.500H6z',
  back: 'M14.500 6l-6 6 6 6',
  menu: 'M5 7h14M5 12h14M5 17h14',
  close: 'M7 7l10 10M17 7L7 17',
  reply: 'M9 8l-4.500 4.500L9 17M5 12.500h9a5 5 0 0 1 5 5V19',
  trash: 'M5 7h14M10 7V5h4v2M7 7l.8 12h8.400L17 7',
  down: 'M12 5v13M6 12.500l6 6 6-6',
  fresh: 'M12 5v14M5 12h14',
  clip: 'M17.500 11.500l-6 6a4 4 0 0 1-5.700-5.700l7-7a2.700 2.700 0 0 1 3.800 3.800l-7 7a1.300 1.300 0 0 1-1.900-1.900l6-6',
  mark: MARK,
} as const;

export type IconName = keyof typeof ICONS;

/** A decorative icon: the control around it carries the name. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

const rows = new WeakMap<Element, Map<string, HTMLElement>>();

/** Brings the children of `parent` in line with `items`: kept by key, updated in place, moved only where needed. */
export function keyed<Item>(
  parent: Element,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  make: (item: Item) => HTMLElement,
  update: (element: HTMLElement, item: Item) => void,
): void {
  const before = rows.get(parent) ?? new Map<string, HTMLElement>();
  const after = new Map<string, HTMLElement>();
  let cursor: Element | null = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const known = before.get(key);
    const element = known ?? make(item);
    if (known !== undefined) update(known, item);
    after.set(key, element);
    if (element === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(element, cursor);
  }
  for (const [key, element] of before) if (!after.has(key)) element.remove();
  rows.set(parent, after);
}
