import { sentencesFor } from '../../src/language/sentences';
import type { TurnSurface } from '../../src/model/adapter';
import type { Card } from '../../src/model/card';
import { MARKDOWN } from '../../src/model/dialect';
import type { Turn } from '../../src/model/turn';
import type { Destination } from './bot';
import { readTeamsFile, type TeamsFile } from './files';
import type { History } from './history';
import { createReply } from './reply';
import type { TeamsServices } from './services';
import { TeamsSign } from './sign';
import { personalChat, tellPrivately } from './tell-privately';
import type { Team } from './turn';

export interface SurfaceParts {
  readonly turn: Turn;
  readonly where: Where;
  readonly targeted: boolean;
  readonly files: readonly TeamsFile[];
}

/** Where a question was asked. */
export interface Where {
  readonly place: Destination;
  /** The asker's account in Teams, e.g. `29:…`. */
  readonly account: string;
  readonly team: Team | undefined;
}

/** What the dispatcher may do where a question was asked in Teams. */
export function surfaceOf({ turn, where, targeted, files }: SurfaceParts, services: TeamsServices): TurnSurface {
  const { api, memory } = services;
  const { place, account, team } = where;
  const { person, conversation, language } = turn;
  const direct = conversation.kind === 'direct';
  const group = team?.group;
  const privately = { place, direct, targeted, account, person: person.id, tenant: person.tenant, group, language };
  const tell = (card: Card): Promise<boolean> => tellPrivately(services, privately, card);
  const readable = (): History | undefined =>
    services.history?.reads(turn, { group }) === true ? services.history : undefined;
  const sign = new TeamsSign({ api, place, timers: services.timers, words: sentencesFor(language) });
  return {
    dialect: MARKDOWN,
    // What came with files is not read again.
    readsAgain: turn.files.length === 0 && readable() !== undefined,
    sign,
    openReply(control) {
      const followed = memory.follow(turn, team?.id);
      const reply = createReply({
        api,
        place,
        replyTo: direct ? undefined : turn.message.message,
        direct,
        language,
        sign,
        control,
        personal: () => personalChat(api, place, account, person.tenant),
        tellPrivately: tell,
        onStop: () => services.inbox.stop(person, conversation.id, conversation.thread),
        onAnswered(answerer, pieces, messages) {
          const answered = { conversation: conversation.id, team: team?.id };
          services.attributions.note(answered, person, answerer.asker, messages);
          if (readable() === undefined) followed.keep(answerer, pieces);
        },
      });
      return { write: reply.write, end: (ending) => reply.end(ending).finally(followed.end) };
    },
    tellPrivately: tell,
    async readThread(limit, signal) {
      const read = await readable()?.readThread(turn, { place, account, group }, limit, signal);
      if (read !== undefined && (read.kind === 'read' || read.reason === 'failed')) return read;
      return { kind: 'read', messages: memory.recall(turn).slice(-limit) };
    },
    readFile: (file, maxBytes, signal) =>
      readTeamsFile(
        api,
        services.fetch,
        files.find(({ id }) => id === file.id),
        maxBytes,
        signal,
      ),
  };
}
