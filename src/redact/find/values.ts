import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Kind } from '../kinds';
import { findAddresses } from './address';
import { findCards } from './card';
import { findEmails } from './email';
import type { Finder, Found } from './found';
import { findIbans } from './iban';
import { japaneseNameFinder } from './japanese-name';
import { findMyNumbers } from './my-number';
import { findPassports } from './passport';
import { phoneFinder } from './phone';
import { type SecretRule, secretFinder } from './secret';

/** Finds every value of the kinds that are asked for; they may overlap. */
export type ValueFinder = (words: string) => Promise<readonly Found[]>;

/**
 * Loads what the kinds need: the numbering plans of all countries, the rules for secrets, and for names a dictionary
 * (about a second, and some 350 MB of memory).
 */
export async function loadValueFinder(kinds: ReadonlySet<Kind>, names: boolean): Promise<ValueFinder> {
  const finders: Finder[] = [];
  const add = (kind: Kind, finder: Finder): void => void (kinds.has(kind) && finders.push(finder));
  add('email', findEmails);
  add('card', findCards);
  add('iban', findIbans);
  add('my-number', findMyNumbers);
  add('passport', findPassports);
  add('address', findAddresses);
  if (kinds.has('phone')) finders.push(phoneFinder((await import('libphonenumber-js/max')).parsePhoneNumberFromString));
  if (names && kinds.has('name')) finders.push(japaneseNameFinder(await loadTokenizer()));
  const findSecrets = kinds.has('secret') ? secretFinder(await loadSecretRules()) : undefined;
  return async (words) => [...finders.flatMap((find) => [...find(words)]), ...((await findSecrets?.(words)) ?? [])];
}

async function loadSecretRules(): Promise<readonly SecretRule[]> {
  return (await import('@secretlint/secretlint-rule-preset-recommend')).rules;
}

async function loadTokenizer() {
  const [{ TokenizerBuilder }, { default: NodeDictionaryLoader }] = await Promise.all([
    import('@patdx/kuromoji'),
    import('@patdx/kuromoji/node'),
  ]);
  const package_ = dirname(dirname(createRequire(__filename).resolve('@patdx/kuromoji')));
  const loader = new NodeDictionaryLoader({ dic_path: join(package_, 'dict') });
  const tokenizer = await new TokenizerBuilder({ loader }).build();
  return (words: string) => tokenizer.tokenize(words);
}
