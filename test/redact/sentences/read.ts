import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS, type Kind } from '../../../src/redact/kinds';
import type { Example } from '../../bench/redaction/corpus';

/** A sentence of a working day that holds nothing to hide, by what it is about: what in it only looks like a value. */
export interface Harmless {
  readonly about: string;
  readonly words: string;
}

/** Lines after a heading `# about`; `\n` and `\t` are written out. */
export function harmless(name: string): readonly Harmless[] {
  let about = '';
  return linesOf(name).flatMap((line) => {
    if (!line.startsWith('# ')) return [{ about, words: written(line) }];
    about = line.slice(2);
    return [];
  });
}

export function asExamples(all: readonly Harmless[], language: Example['language']): readonly Example[] {
  return all.map(({ words }) => ({ language, words, kind: undefined, value: '' }));
}

/** Lines of a kind, a value, and the sentence with `{}` in its place, divided by `|`. */
export function withData(name: string, language: Example['language']): readonly Example[] {
  return linesOf(name).map((line) => {
    const [kind = '', value = '', ...rest] = line.split('|');
    return { kind: kindOf(kind), value, words: written(rest.join('|')).replace('{}', () => value), language };
  });
}

function linesOf(name: string): readonly string[] {
  return readFileSync(join(__dirname, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function written(line: string): string {
  return line.replaceAll('\\n', '\n').replaceAll('\\t', '\t').replaceAll('\\\\', '\\');
}

function kindOf(name: string): Kind {
  const kind = KINDS.find((one) => one === name);
  if (kind === undefined) throw new Error(`no kind is called ${name}`);
  return kind;
}
