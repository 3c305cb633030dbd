import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Kind } from '../kinds';
import { numbersOf } from '../numbers';
import type { Plain } from '../plain';
import { findAccounts } from './account';
import { acrossLines } from './across-lines';
import { findAddresses } from './address';
import { findCards } from './card';
import { columnFinder } from './columns';
import { findEmails } from './email';
import type { Finder, Found } from './found';
import { findIbans } from './iban';
import { japaneseNameFinder } from './japanese-name';
import { findMyNumbers } from './my-number';
import { findNationalIds } from './national-id';
import { findPassports } from './passport';
import { phoneFinder } from './phone';
import { type SecretRule, secretFinder } from './secret';

/** Of an address one is enough, and it may be Chinese; Kyoto's need none. */
const HAS_NUMBER = /[0-9一二三四五六七八九十]|[上下][がガ]?[るル]|[東西]入/;

/** Finds every value of the kinds that are asked for; they may overlap. */
export type ValueFinder = (words: string) => Promise<readonly Found[]>;

/**
 * Loads what the kinds need: the numbering plans of all countries, the rules for secrets, and for names a dictionary
 * (about a second, and some 350 MB of memory).
 */
export async function loadValueFinder(kinds: ReadonlySet<Kind>, names: boolean): Promise<ValueFinder> {
  const finders: Finder[] = [];
  /** These look at words whose numbers have one form: see `numbersOf`. */
  const numberFinders: Finder[] = [];
  const add = (kind: Kind, finder: Finder, to = numberFinders): void => void (kinds.has(kind) && to.push(finder));
  add('email', findEmails, finders);
  add('iban', findIbans, finders);
  add('passport', findPassports, finders);
  finders.push(columnFinder(kinds));
  add('card', acrossLines(findCards));
  add('my-number', acrossLines(findMyNumbers));
  add('id-number', findNationalIds);
  add('account', findAccounts);
  add('address', findAddresses);
  if (kinds.has('phone')) {
    const { parsePhoneNumberFromString } = await import('libphonenumber-js/max');
    numberFinders.push(acrossLines(phoneFinder(parsePhoneNumberFromString)));
  }
  if (names && kinds.has('name')) finders.push(japaneseNameFinder(await loadTokenizer()));
  const findSecrets = kinds.has('secret') ? secretFinder(await loadSecretRules()) : undefined;
  const findNumbers = ({ words, stretch }: Plain): readonly Found[] =>
    HAS_NUMBER.test(words)
      ? numberFinders.flatMap((find) => [...find(words)].map(({ kind, from, to }) => ({ kind, ...stretch(from, to) })))
      : [];
  return async (words) => {
    return [
      ...finders.flatMap((find) => [...find(words)]),
      ...numbersOf(words).flatMap((numbers) => findNumbers(numbers)),
      ...((await findSecrets?.(words)) ?? []),
    ];
  };
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
