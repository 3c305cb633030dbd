import type { Language } from '../model/turn';
import { english } from './en';
import { japanese } from './ja';
import type { Sentences } from './shape';

/** Every sentence that dejiren says to people, in their language. */
export function sentencesFor(language: Language): Sentences {
  return language === 'ja' ? japanese : english;
}
