import { OpenRedaction } from '@openredaction/core';
import { Redactor } from '@redactpii/node';
import { aSearch, foundIn } from '../../support/redaction';

/** Takes out of a message what it finds. */
export interface Contender {
  readonly name: string;
  redact(words: string): Promise<string>;
}

export async function contenders(): Promise<readonly Contender[]> {
  const named = aSearch({ names: true });
  await named.warm();
  const ours = aSearch();
  const masked = async (words: string, search = ours): Promise<string> => {
    const found = await foundIn(words, search);
    return found.reduce((left, [kind, value]) => left.replace(value, () => `[${kind}]`), words);
  };
  const redactPii = new Redactor();
  const openRedaction = new OpenRedaction();
  return [
    { name: 'dejiren', redact: (words) => masked(words) },
    { name: 'dejiren with names', redact: (words) => masked(words, named) },
    { name: '@redactpii/node', redact: async (words) => redactPii.redact(words) },
    { name: '@openredaction/core', redact: async (words) => (await openRedaction.detect(words)).redacted },
  ];
}
