import { blocksOfCard } from '../../adapters/slack/cards';
import { adaptiveCard } from '../../adapters/teams/cards';
import type { Language } from '../../src/model/turn';
import type { NamedCard } from './cards';
import type { Drawing, Look } from './frame';
import { drawSlackCards } from './slack/client';
import { drawTeamsCards } from './teams/client';

/** Many cards on one page, side by side, each with its name. */
export interface Sheet {
  readonly name: string;
  readonly platform: 'slack' | 'teams';
  readonly language: Language;
  readonly theme: Look['theme'];
  readonly column: number;
}

/** How wide the clients make a message on a desktop and on a phone, in CSS pixels. */
export const COLUMNS = {
  // Slack caps its blocks at 600; a phone of 390 leaves 310 beside the face and the margins.
  slack: { desktop: 600, phone: 310 },
  // Teams caps its cards at about 500; a phone of 390 leaves 330.
  teams: { desktop: 500, phone: 330 },
} as const;

export const SHEETS: readonly Sheet[] = (['slack', 'teams'] as const).flatMap((platform) =>
  (['en', 'ja'] as const).flatMap((language) =>
    (['light', 'dark'] as const).map((theme) => ({
      name: `${platform}-cards-${language}-${theme}`,
      platform,
      language,
      theme,
      column: COLUMNS[platform].desktop,
    })),
  ),
);

/** Draws those of the cards that are in the sheet's language. */
export function drawSheet(
  { platform, language, theme, column }: Omit<Sheet, 'name'>,
  cards: readonly NamedCard[],
): Drawing {
  const mine = cards.filter((one) => one.language === language);
  const look = { language, theme, width: (column + 24) * 4 };
  return platform === 'slack'
    ? drawSlackCards(
        mine.map(({ name, card }) => ({ name, blocks: blocksOfCard(card, language) })),
        column,
        look,
      )
    : drawTeamsCards(
        mine.map(({ name, card }) => ({
          name,
          card: adaptiveCard(card, { person: 'u1', group: undefined, language }),
        })),
        column,
        look,
      );
}
