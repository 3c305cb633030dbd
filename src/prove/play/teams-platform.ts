import { type FakeTeams, startFakeTeams } from '../doubles/teams/fake-teams';
import { startWebServer } from '../doubles/web-server';
import type { ChatKind } from '../plan/matrix';
import type { Canaries } from '../watch/canaries';
import { hiddenIn, leavingOut, SEEN_IN_TEAMS } from '../watch/hidden';
import type { Platform } from './seat';
import { takeTeamsSeat } from './teams-seat';

/** Microsoft Teams on this machine, with a place for the files that people send. */
export async function startTeamsPlatform(canaries: Canaries, secret: () => string): Promise<Platform> {
  const tenant = canaries.guidOf('tenant-id', 'any');
  canaries.of('message-id', 'any');
  const firstId = Number(canaries.messageMarks.teams) * 1_000;
  const teams = await startFakeTeams({ secret: secret(), botToken: secret(), tenant, firstId });
  const contents = new Map<string, string>();
  const files = await startWebServer((request, response) => {
    const content = contents.get(request.url ?? '');
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': 'text/plain' }).end(content);
  });
  const portOf = (url: string): number => Number(new URL(url).port);
  return {
    doors: ['teams'],
    env: teams.env,
    secrets: ['MicrosoftAppPassword'],
    ports: [portOf(teams.url), portOf(teams.issuer.url), portOf(files.url)],
    tenant,
    conversationOf: (caseId, place) => conversationOf(canaries, caseId, place),
    open: (url) => teams.deliverTo(`${url}/api/messages`),
    seat: async (wish) => {
      const conversation = conversationOf(canaries, wish.caseId, wish.place);
      return takeTeamsSeat({ teams, files, contents, canaries, conversation, tenant }, wish);
    },
    received: () => [
      ...teams.calls.map(({ path, body }) => ({
        seenIn: seenIn(canaries, path),
        words: JSON.stringify([path, body]),
        hidden: hiddenIn(body, SEEN_IN_TEAMS),
      })),
      ...teams.asked.map(({ url, headers }) => ({
        seenIn: undefined,
        words: '',
        hidden: leavingOut([teams.botToken], `${url}\n${JSON.stringify(headers)}`),
      })),
    ],
    malformed: (words, heard) => sendMalformed(teams, words, heard),
    async close() {
      await teams.close();
      await files.close();
    },
  };
}

function conversationOf(canaries: Canaries, caseId: string, place: ChatKind): string {
  if (place === 'direct') return `a:personal-29:${canaries.of('person-id', caseId).word}`;
  return `19:${canaries.of('place-id', caseId).word}@thread.${place === 'group' ? 'v2' : 'tacv2'}`;
}

/** Where a call puts something. A personal chat that is opened holds nothing yet. */
function seenIn(canaries: Canaries, path: string): readonly string[] | undefined {
  if (!path.includes('/activities')) return undefined;
  return [...new Set(canaries.namedIn(path).flatMap(({ field, caseId }) => (field === 'message-id' ? [] : [caseId])))];
}

async function sendMalformed(
  teams: FakeTeams,
  words: string,
  heard: Parameters<Platform['malformed']>[1],
): Promise<void> {
  const post = async (what: string, ...sent: Parameters<FakeTeams['post']>): Promise<void> => {
    const { status, body } = await teams.post(...sent);
    heard({ what, words: `${status} ${body}` });
  };
  await post('an activity without a token', teams.activityOf({ text: words }), { bare: encodeURIComponent(words) });
  await post('an activity of which nothing is known', { type: 'message', text: words });
  await post('an activity with a wrong time', { ...teams.activityOf({ text: words }), timestamp: words });
  const invoke = { type: 'invoke', name: words, value: { text: words } };
  await post('an invoke of no known kind', teams.activityOf({ more: invoke }));
}
