import { sentencesFor } from '../../language/sentences';

/** The words below every answer that has ended, in both languages. */
const ENDINGS = (['en', 'ja'] as const).map((language) => {
  const [, last = ''] = sentencesFor(language).footer('\0', '\0').split('\0').slice(-2);
  return last.replace(/^[^\p{L}]*/u, '');
});

export function isEnding(shown: string): boolean {
  return ENDINGS.some((ending) => shown.includes(ending));
}
