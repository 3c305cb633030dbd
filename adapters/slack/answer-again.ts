import type { AgreedQuestion } from '../kit/presses';
import { readForwards } from './forwards';
import type { SlackServices } from './services';
import { surfaceOf } from './surface';
import { turnOf } from './turn';

/** Reads a question again from Slack, to be answered in its place. */
export async function readAgain({ person, question, agreedTo, language }: AgreedQuestion, services: SlackServices) {
  const message = await services.history.readMessage(question);
  if (message?.user !== person.id) return undefined;
  const { userId } = services.self();
  const turn = turnOf({
    message,
    along: await readForwards(message, person, { ...services, botUserId: userId }),
    channel: question.conversation,
    person,
    // It is not told any more: then who does not show their home might be anybody.
    sharedExternally: true,
    botUserId: userId,
    language,
    receivedAt: services.now(),
    agreedTo,
  });
  return { turn, surface: surfaceOf(turn, services) };
}
