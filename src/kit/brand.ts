/** The one colour of dejiren, and what is written on it, in either theme. */
export const BRAND = {
  light: { accent: '#115e67', onAccent: '#ffffff' },
  dark: { accent: '#6cc5cd', onAccent: '#0c2225' },
} as const;

const BUBBLE = 'M8 5h8a5.500 5.500 0 0 1 0 11h-5.500L6.750 19.250V15.855A5.500 5.500 0 0 1 8 5z';

/**
 * The mark: a speech bubble that is a switch, and it is on. Nothing goes before somebody turned it on. A path in a box of
 * 24, to be filled by the even-odd rule.
 */
export const MARK = `${BUBBLE}M19.750 10.500a3.750 3.750 0 1 1-7.500 0 3.750 3.750 0 0 1 7.500 0z`;

const FILLED = `<path d="${MARK}" fill="#fff" fill-rule="evenodd"/>`;

const DRAWN = {
  tile: svg('0 0 24 24', `<rect width="24" height="24" rx="5.500" fill="${BRAND.light.accent}"/>${FILLED}`),
  app: svg('-3.500 -3.500 31 31', `<path d="M-9-9h42v42h-42z" fill="${BRAND.light.accent}"/>${FILLED}`),
  outline: svg(
    '1.250 1.500 21.500 21.500',
    `<path d="${BUBBLE}" fill="none" stroke="#fff" stroke-width="1.500" stroke-linejoin="round"/><circle cx="15.500" cy="10.500" r="2.750" fill="#fff"/>`,
  ),
} as const;

/**
 * The mark as a picture.
 *
 * - `tile`: on the brand's colour, with round corners.
 * - `app`: on the colour up to the edges, with room around the mark, for those who cut the corners themselves.
 * - `outline`: white lines on nothing.
 */
export function markSvg(form: 'tile' | 'app' | 'outline'): string {
  return DRAWN[form];
}

/** The tile as an address that a page's `<link rel="icon">` takes. */
export function markAddress(): string {
  return `data:image/svg+xml,${encodeURIComponent(DRAWN.tile)}`;
}

function svg(box: string, inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${inside}</svg>`;
}
