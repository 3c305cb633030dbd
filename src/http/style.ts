import { BRAND } from '../kit/brand';

/**
 * The look of dejiren's pages beside the chat: its colours and its type, as `adapters/local/page/style/base.css` has
 * them. A test holds that they are the same.
 */
export const TOKENS = `:root {
  color-scheme: light dark;
  --paper: light-dark(#faf9f6, #17191d);
  --surface: light-dark(#ffffff, #1e2126);
  --line: light-dark(#e3e0d8, #2c3036);
  --ink: light-dark(#1f2326, #e8e9eb);
  --muted: light-dark(#5d636a, #a2a8b1);
  --accent: light-dark(${BRAND.light.accent}, ${BRAND.dark.accent});
  --on-accent: light-dark(${BRAND.light.onAccent}, ${BRAND.dark.onAccent});
  --accent-soft: light-dark(#e2f0f0, #18333a);
  --danger: light-dark(#a8281e, #f0948a);
  --warn-soft: light-dark(#fdf0d5, #3a2f17);
  --warn-ink: light-dark(#6b4a05, #f3d08b);
  --code: light-dark(#f4f2ed, #15171a);
  --round: 14px;
  --font:
    system-ui, -apple-system, "Segoe UI", "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", Roboto,
    sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK JP", monospace;
}
`;

/** What every such page looks like. */
const BASE = `${TOKENS}
*, *::before, *::after { box-sizing: border-box; }
body { background: var(--paper); color: var(--ink); font: 1rem / 1.65 var(--font); margin: 0; overflow-wrap: anywhere; -webkit-text-size-adjust: 100%; }
h1, h2, h3, p, ul, ol, dl, dd, blockquote { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 1.7rem; font-weight: 700; line-height: 1.3; }
h2 { font-size: 1.3rem; font-weight: 650; line-height: 1.35; }
h3 { font-size: 1.02rem; font-weight: 650; line-height: 1.45; }
a { color: var(--accent); text-underline-offset: 2px; }
:focus-visible { border-radius: 2px; outline: 2px solid var(--accent); outline-offset: 2px; }
code { background: var(--code); border-radius: 4px; font: 0.8rem / 1.5 var(--mono); padding: 1px 4px; }
cite { font-style: normal; }
.top { align-items: center; border-bottom: 1px solid var(--line); display: flex; gap: 12px 24px; justify-content: space-between; padding: 12px 20px; }
.brand { align-items: center; color: var(--accent); display: inline-flex; font-size: 1.06rem; font-weight: 700; gap: 8px; }
.brand svg { display: block; height: 1.6em; width: 1.6em; }
.chip { background: var(--accent-soft); border-radius: 99px; color: var(--accent); font-size: 0.8rem; font-weight: 600; line-height: 1.4; padding: 2px 10px; white-space: nowrap; }
.chip.off { background: none; border: 1px solid var(--line); color: var(--muted); }
@media print {
  :root { color-scheme: light; font-size: 9.5pt; }
  body { background: none; line-height: 1.5; }
  h2, h3 { break-after: avoid; }
}
`;

/** The style of `/data-handling`. */
export const ARTICLE_STYLE = `${BASE}
.skip { background: var(--accent); border-radius: 0 0 10px 10px; color: var(--on-accent); left: 16px; padding: 8px 16px; position: absolute; top: 0; translate: 0 -110%; }
.skip:focus { translate: 0 0; }
.languages ul { display: flex; gap: 4px; }
.languages a { border-radius: 99px; display: block; font-size: 0.9rem; padding: 6px 12px; text-decoration: none; }
.languages a:hover { text-decoration: underline; }
.languages a[aria-current] { background: var(--accent-soft); font-weight: 600; }
main { margin: 0 auto; max-width: 48rem; padding: 32px 20px 72px; }
main > * + * { margin-top: 20px; }
.marks { color: var(--muted); font-size: 0.92rem; }
.contents { background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); padding: 16px 20px; }
.contents ol { columns: 2; column-gap: 32px; margin-top: 6px; }
.contents li { align-items: center; break-inside: avoid; display: flex; flex-wrap: wrap; gap: 2px 10px; padding: 3px 0; }
.part { border-top: 1px solid var(--line); display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); margin-top: 40px; padding-top: 28px; scroll-margin-top: 0; }
.heading { align-items: center; display: flex; flex-wrap: wrap; gap: 6px 12px; }
.source { display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr); }
.statements { display: grid; gap: 14px; grid-template-columns: minmax(0, 1fr); }
.statement { border-left: 3px solid var(--accent); padding-left: 14px; }
.statement.amended, .statement.replaced { border-color: var(--warn-ink); }
.statement.replaced > .said { color: var(--muted); }
.statement .statements { gap: 12px; margin-top: 12px; }
.standing { color: var(--muted); font-size: 0.85rem; margin-top: 2px; }
.badge { color: var(--accent); font-weight: 650; }
.amended > .standing > .badge, .replaced > .standing > .badge { color: var(--warn-ink); }
.note { color: var(--muted); font-size: 0.92rem; margin-top: 4px; }
.now { background: var(--warn-soft); border-radius: 8px; font-size: 0.95rem; margin-top: 6px; padding: 8px 12px; }
.cited { display: flex; flex-wrap: wrap; font-size: 0.9rem; gap: 2px 16px; margin-top: 4px; }
.notice { background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); padding: 18px 20px; }
.notice dt { color: var(--muted); font-size: 0.88rem; font-weight: 600; margin-top: 14px; }
.notice details { font-size: 0.88rem; }
.notice summary { color: var(--muted); cursor: pointer; width: fit-content; }
.notice blockquote { border-left: 3px solid var(--line); color: var(--muted); margin: 4px 0; padding-left: 12px; }
.notice small { color: var(--muted); font-size: 0.82rem; }
.plain { color: var(--muted); }
@media (max-width: 40rem) {
  .contents ol { columns: 1; }
  main { padding: 24px 16px 56px; }
  .top { padding: 8px 16px; }
  h1 { font-size: 1.4rem; }
  .notice, .contents { padding: 14px 16px; }
}
@media print {
  .skip, .languages, .contents { display: none; }
  .top { border: 0; padding: 0; }
  main { max-width: none; padding: 0; }
  .part { break-before: auto; margin-top: 18pt; padding-top: 12pt; }
  .statement, .notice dd, .now { break-inside: avoid; }
  .notice { border: 0; padding: 0; }
  .notice dt { break-after: avoid; margin-top: 6pt; }
  .now { border: 1px solid var(--line); }
  summary { list-style: none; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  cite a::after, .cited a::after, .source h3 a::after { color: var(--muted); content: ' ' attr(href); font-size: 0.85em; }
}
`;

/** The style of `/admin`. */
export const ADMIN_STYLE = `${BASE}
main { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); margin: 0 auto; max-width: 76rem; padding: 24px 20px 56px; }
h2 { margin-top: 16px; }
.table { background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); overflow-wrap: break-word; overflow-x: auto; padding: 4px 16px; }
table { border-collapse: collapse; font-size: 0.92rem; min-width: 100%; }
th { color: var(--muted); font-size: 0.85rem; font-weight: 600; white-space: nowrap; }
th, td { border-bottom: 1px solid var(--line); padding: 8px 16px 8px 0; text-align: left; vertical-align: top; }
tr:last-child td { border-bottom: 0; }
.changed { color: var(--danger); font-weight: 700; }
`;
