/** markdown-it's own rules, each of which it exports from a file of its own. */
declare module 'markdown-it/lib/rules_block/*.mjs' {
  const rule: import('markdown-it/lib/parser_block.mjs').RuleBlock;
  export default rule;
}
