import { type Found, matches } from './found';
import { findPasswords } from './password';

/** What is used of a rule of secretlint. Source: github.com/secretlint/secretlint, `@secretlint/types`. */
export interface SecretRule {
  readonly meta: { readonly id: string };
  create(context: RuleContext, options: object): { file?(source: object): void | Promise<void> };
}

interface RuleContext {
  readonly sharedOptions: object;
  createTranslator(): () => object;
  ignore(): void;
  report(finding: { readonly range: readonly [number, number] }): void;
}

/** What secretlint leaves alone, or finds in settings files only. */
const TOKENS: readonly RegExp[] = [
  // JSON Web Tokens
  /(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,8000}\.[\w-]{8,2000}/dgu,
  // Google, AWS, OpenAI, SendGrid, Azure
  /\bSG\.[\w-]{22}\.[\w-]{43}(?![\w-])/dgu,
  /\bAIza[\w-]{35}(?![\w-])/dgu,
  /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/dgu,
  /\bsk-(?=[\w-]{0,200}\d)(?=[\w-]{0,200}[A-Z])[\w-]{20,200}(?![\w-])/dgu,
  /\b(?:AccountKey|SharedAccessKey)=(?<value>[A-Za-z0-9+/]{40,}={0,2})/dgu,
  /\b[Bb]earer[ ]+(?<value>(?=[\w.~+/-]{0,200}\d)[\w.~+/-]{20,}={0,2})/dgu,
  // Stripe
  /\b(?:[sr]k|whsec)_(?:(?:live|test)_)?[A-Za-z0-9]{16,200}(?![\w-])/dgu,
  // An address with a password: of any scheme, with a user or without
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{0,64}:(?<value>[^\s:@/$<{[%*][^\s:@/]{2,127})@/dgiu,
];
/** All that the rules know has a part without spaces that is at least so long: `http://u:p@h`. */
const IN_ONE_PIECE = /[!-~]{12}/;

/** Private keys, to the end of the words where theirs is missing. */
function* findPrivateKeys(words: string): Generator<Found> {
  const begin = /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/gu;
  for (let match = begin.exec(words); match !== null; match = begin.exec(words)) {
    const end = words.indexOf('-----END', begin.lastIndex);
    const close = end === -1 ? -1 : words.indexOf('-----', end + 8);
    const to = close === -1 ? words.length : close + 5;
    yield { kind: 'secret', from: match.index, to };
    begin.lastIndex = to;
  }
}

/**
 * Keys, tokens, private keys, connection strings with a password, by the rules of secretlint and a few more; and what
 * somebody calls a password.
 */
export function secretFinder(rules: readonly SecretRule[]): (words: string) => Promise<readonly Found[]> {
  const scanners = rules.filter(({ meta }) => !meta.id.includes('filter'));
  return async (words) => {
    const found: Found[] = [...findPrivateKeys(words)];
    const context: RuleContext = {
      sharedOptions: {},
      createTranslator: () => () => ({}),
      ignore() {},
      report: ({ range: [from, to] }) => void found.push({ kind: 'secret', from, to }),
    };
    // The rules take a letter of any script before a token for a part of it.
    const source = {
      content: words.replace(/[^\n -~]/g, ' '),
      filePath: 'message.txt',
      ext: '.txt',
      contentType: 'text',
    };
    if (IN_ONE_PIECE.test(words)) await Promise.all(scanners.map((rule) => rule.create(context, {}).file?.(source)));
    for (const pattern of TOKENS) found.push(...matches('secret', pattern, words));
    found.push(...findPasswords(words));
    return found;
  };
}
