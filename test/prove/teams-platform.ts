import { AT_BOT, type FakeTeams, startFakeTeams } from '../fakes/teams/fake-teams';
import { startWebServer, type WebServer } from '../support/web-server';
import type { Platform, Question, Seat, SeatWish } from './seat';

/** Microsoft Teams on this machine, with a place for the files that people send. */
export async function startTeamsPlatform(secret: () => string): Promise<Platform> {
  const teams = await startFakeTeams({ secret: secret(), botToken: secret() });
  const contents = new Map<string, string>();
  const files = await startWebServer((request, response) => {
    const content = contents.get(request.url ?? '');
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': 'text/plain' }).end(content);
  });
  const portOf = (url: string): number => Number(new URL(url).port);
  return {
    env: teams.env,
    secrets: ['MicrosoftAppPassword'],
    ports: [portOf(teams.url), portOf(teams.issuer.url), portOf(files.url)],
    open: (url) => teams.deliverTo(`${url}/api/messages`),
    seat: async (wish) => takeSeat(teams, { files, contents }, wish),
    received: () =>
      teams.calls.map(({ path, body }) => ({
        caseId: /29:u([a-z]+)\//u.exec(path)?.[1],
        words: JSON.stringify([path, body]),
      })),
    async malformed(words, heard) {
      const post = async (what: string, ...sent: Parameters<FakeTeams['post']>): Promise<void> => {
        const { status, body } = await teams.post(...sent);
        heard({ what, words: `${status} ${body}` });
      };
      await post('an activity without a token', teams.activityOf({ text: words }), { bare: encodeURIComponent(words) });
      await post('an activity of which nothing is known', { type: 'message', text: words });
      await post('an activity with a wrong time', { ...teams.activityOf({ text: words }), timestamp: words });
      const invoke = { type: 'invoke', name: words, value: { text: words } };
      await post('an invoke of no known kind', teams.activityOf({ more: invoke }));
    },
    async close() {
      await teams.close();
      await files.close();
    },
  };
}

interface FilePlace {
  readonly files: WebServer;
  readonly contents: Map<string, string>;
}

function takeSeat(
  teams: FakeTeams,
  { files, contents }: FilePlace,
  { caseId, personName, channelName, heard }: SeatWish,
): Seat {
  const user = `u${caseId}`;
  const from = {
    id: `29:${user}`,
    name: personName,
    aadObjectId: `00000000-0000-0000-0000-${Buffer.from(caseId).toString('hex').padStart(12, '0')}`,
  };
  const place = { channel: { id: '19:c', name: channelName }, team: { id: '19:t', name: channelName } };
  const mine = () => teams.personal(user);
  const tenant = { tenant: { id: teams.env.MicrosoftAppTenantId } };
  const say = async (what: string, text: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    const { status, body } = await teams.say({
      user,
      text,
      more: { from, channelData: { ...tenant, ...place }, ...more },
    });
    heard({ what, words: `${status} ${body}` });
  };
  const sent = ({ name, content }: NonNullable<Question['files']>[number]): object => {
    const path = `/${encodeURIComponent(name)}`;
    contents.set(path, content);
    const info = { downloadUrl: files.url + path, fileType: 'txt', uniqueId: name };
    return {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      name,
      contentUrl: files.url + path,
      content: info,
    };
  };
  return {
    door: 'teams',
    async command(words) {
      const before = mine().length;
      await say('the acknowledgement of a command', `/dejiren-optin ${words}`);
      await teams.until(() => mine().length > before);
    },
    async ask({ text, files: attached = [] }) {
      const other = {
        type: 'mention',
        text: `<at>${personName}</at>`,
        mentioned: { id: '29:other', name: personName },
      };
      const entities = [
        { type: 'mention', text: AT_BOT.text, mentioned: { id: AT_BOT.mention[0], name: 'dejiren' } },
        other,
      ];
      const words = `${AT_BOT.text} ${text} <at>${personName}</at>`;
      const more = attached.length > 0 ? { attachments: attached.map(sent) } : {};
      await say('the acknowledgement of an activity', words, { entities, ...more });
    },
    shownCount: () => mine().length,
    isWhole: () => mine().at(-1)?.state !== 'stream',
    shown: () => mine().map(teams.seen).join('\n'),
    async stop() {
      const last = mine().at(-1);
      if (last === undefined) throw new Error('there is nothing to stop');
      teams.pressStop(last.conversation);
    },
    async press(words) {
      const [card] = mine();
      if (card === undefined) throw new Error('there is no card to press');
      const value = {
        action: { type: 'Action.Execute', verb: 'dejiren', title: words, data: { dejiren: { do: words } } },
      };
      const activity = {
        conversation: card.conversation,
        more: { from, type: 'invoke', name: 'adaptiveCard/action', value },
      };
      const { status, body } = await teams.post(teams.activityOf({ user, ...activity }));
      heard({ what: 'the answer to a press', words: `${status} ${body}` });
    },
    async forget() {
      const before = mine().length;
      await say('the acknowledgement of /new', '/new');
      await teams.until(() => mine().length > before);
    },
    until: (holds) => teams.until(holds, 30_000),
    leave: async () => undefined,
  };
}
