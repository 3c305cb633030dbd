import { startFakeTeams } from '../../../src/prove/doubles/teams/fake-teams';
import type { Activity, Shown } from '../../../src/prove/doubles/teams/state';
import type { Drawing, Look } from '../frame';
import { drawTeams, type TeamsMessage } from '../teams/client';
import { DEJIREN, LINES, openOffice, person } from './office';

const AIKO = 'aiko';

/** What stands in a personal chat when somebody new asks, and after they agreed. */
export type TeamsScene = 'asked' | 'answered';

/** A personal chat with dejiren, as Aiko sees it: each message of dejiren's as the real adapter sent it to a Teams on this machine. */
export async function teamsChat(scene: TeamsScene, look: Look): Promise<Drawing> {
  const lines = LINES[look.language];
  const teams = await startFakeTeams({ targeted: true });
  const office = await openOffice({ ...teams.env, DEJIREN_LANGUAGE: look.language });
  try {
    teams.deliverTo(`${office.url}/api/messages`);
    teams.members.set(`29:${AIKO}`, { userRole: 'user', name: lines.asker });
    office.answers(lines.answer);
    const messages: TeamsMessage[] = [];
    const asks = async (): Promise<void> => {
      messages.push({ author: person(lines.asker, 'aiko'), mine: true, text: lines.question });
      await teams.say({ user: AIKO, text: lines.question });
    };
    const shows = async (number: number): Promise<Shown> => {
      await teams.until(() => teams.personal(AIKO).filter(({ state }) => state === 'whole').length >= number);
      const one = teams.personal(AIKO)[number - 1];
      if (one === undefined) throw new Error('nothing is shown');
      return one;
    };
    await asks();
    const card = await shows(1);
    if (scene === 'asked') messages.push(shown(card.activity));
    else {
      await teams.press(card, titleOf(card), { user: AIKO });
      messages.push(shown(card.activity), shown((await shows(2)).activity));
      await asks();
      messages.push(shown((await shows(3)).activity));
    }
    if (teams.breaches.length > 0) throw new Error(`Teams refused: ${teams.breaches.join(', ')}`);
    return drawTeams({ ...look, place: 'dejiren', messages });
  } finally {
    await office.close();
    await teams.close();
  }
}

function shown({ text, textFormat, attachments, entities }: Activity): TeamsMessage {
  return {
    author: DEJIREN,
    ...(text !== undefined && { text }),
    ...(textFormat !== undefined && { textFormat }),
    ...(attachments !== undefined && { attachments }),
    ...(entities !== undefined && { entities }),
  };
}

/** The title of the card's first button. */
function titleOf({ activity }: Shown): string {
  const title = activity.attachments?.[0]?.content.actions?.[0]?.title;
  if (title === undefined) throw new Error('the card has no button');
  return title;
}
