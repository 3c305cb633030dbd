import type { Card } from '../../src/model/card';
import type { Language } from '../../src/model/turn';
import { type AgreedQuestion, answerAgreed, takePress } from '../kit/presses';
import type { Resident } from './people';
import { turnOf } from './questions';
import { Refusal } from './request';
import { inputOf, type LocalServices } from './services';
import { createSurface, placeCard } from './surface';

/** A press of a card's button, by its position on the version of the card that was shown. */
export interface ButtonPress {
  readonly card: string;
  readonly version: number;
  readonly button: number;
  /** The card's box was ticked. */
  readonly ticked: boolean;
  /** What the page calls what was done. */
  readonly act?: string | undefined;
}

/**
 * Takes the press of a button. Resolves when it has had its effect; the answer to a question follows by itself. Throws a
 * `Refusal` for what cannot be done.
 */
export async function takeButton(
  by: Resident,
  { card, version, button, ticked, act }: ButtonPress,
  language: Language,
  services: LocalServices,
): Promise<void> {
  const { room, consent, now } = services;
  const entry = room.find(card);
  if (entry?.kind !== 'card' || entry.seenBy !== by.person.id) throw new Refusal(404, 'gone');
  const action = entry.card.buttons[button]?.action;
  if (entry.version !== version) throw new Refusal(409, 'card-changed');
  if (action === undefined) throw new Refusal(400, 'malformed');
  if (action.do === 'dismiss') return room.remove(entry);
  entry.version += 1;
  const { conversation } = entry;
  const surface = action.question === undefined ? 'button' : 'card';
  const origin = { surface, language, conversation, input: inputOf(by, act) } as const;
  const asked = { ...action, ...(ticked && { training: true }) };
  const pressed = await takePress({ person: by.person, action: asked, origin, readsAgain: true }, consent);
  entry.card = pressed.card;
  room.touch(entry);
  if (pressed.agreed === undefined) return;
  await answerAgreed(pressed.agreed, {
    ...services,
    readAgain: async (agreed) => readAgain(by, agreed, services),
    tell: async (told: Card) => placeCard(room, by.person.id, { ...entry, at: now() }, told),
  });
}

/** The question as it stands in the chat now. */
function readAgain(by: Resident, { question, language, agreedTo }: AgreedQuestion, services: LocalServices) {
  const said = services.room.find(question.message);
  if (said?.kind !== 'said' || said.author !== by.person.id) return undefined;
  const turn = turnOf(by, said, language, services.now(), agreedTo);
  return { turn, surface: createSurface(turn, services) };
}
