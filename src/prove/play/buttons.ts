import { sentencesFor } from '../../language/sentences';

/** A button of dejiren's cards. */
export type ButtonName = keyof ReturnType<typeof sentencesFor>['card']['buttons'];

/** What may stand on a button, in both languages. */
export function labelsOf(name: ButtonName): readonly string[] {
  return (['en', 'ja'] as const).map((language) => sentencesFor(language).card.buttons[name]);
}
