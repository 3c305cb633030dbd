import { sentencesFor } from '../../language/sentences';

/** A button of dejiren's cards. */
export type ButtonName = keyof ReturnType<typeof sentencesFor>['card']['buttons'];

/** What may stand on a button, in both languages. What agrees says whether it answers as well. */
export function labelsOf(name: ButtonName): readonly string[] {
  const names = name === 'agree' ? (['agree', 'agreeAndAnswer'] as const) : [name];
  return (['en', 'ja'] as const).flatMap((language) => names.map((one) => sentencesFor(language).card.buttons[one]));
}
