import type { TurnInbox, TurnSurface } from '../../src/chat/adapter';
import type { Card } from '../../src/chat/card';
import type { InputRegister } from '../../src/chat/inputs';
import type { Language, Turn } from '../../src/chat/turn';
import type { ConsentHandler } from '../../src/consent/consent';
import { sentencesFor } from '../../src/language/sentences';
import type { Log } from '../../src/log/log';
import type { TeamsApi } from './api';
import type { Attributions } from './attributions';
import type { BotPlace } from './bot';
import { cardActivity, textActivity } from './cards';
import { readTeamsFile, type TeamsFile } from './files';
import type { History } from './history';
import type { Memory } from './memory';
import type { People } from './people';
import { createReply } from './reply';
import type { Team } from './turn';

/** What the handlers of activities work with. */
export interface TeamsRoom {
  readonly api: TeamsApi;
  readonly people: People;
  readonly memory: Memory;
  readonly attributions: Attributions;
  /** Undefined: no chat may be read. */
  readonly history: History | undefined;
  readonly fetch: typeof fetch;
  readonly inbox: TurnInbox;
  readonly inputs: InputRegister;
  readonly consent: ConsentHandler;
  readonly log: Log;
  /** Spoken where nothing tells the person's language. */
  readonly language: Language;
  readonly now: () => number;
}

/** Where something is said to one person alone. */
export interface PrivatePlace {
  readonly place: BotPlace;
  readonly direct: boolean;
  /** Whether what is answered was shown to dejiren alone: then Teams, and the manifest, know such messages. */
  readonly targeted: boolean;
  /** The person's account in Teams, e.g. `29:…`. */
  readonly account: string;
  readonly person: string;
  readonly tenant: string;
  /** The team in whose channel the question was asked, by its id in the directory. */
  readonly group: string | undefined;
  readonly language: Language;
}

/**
 * Shows a card to one person: as a message that Teams shows them alone, where they wrote in that way; otherwise in
 * their personal chat. A client that does not know such messages would show them to everybody, so that it is not
 * tried. Where Teams lets dejiren write no personal chat with them, they are asked to open one, before everybody.
 * Resolves to whether Teams took the card.
 */
export async function tellPrivately(
  { api }: Pick<TeamsRoom, 'api'>,
  where: PrivatePlace,
  card: Card,
): Promise<boolean> {
  const { place, account } = where;
  const activity = cardActivity(card, where);
  if (where.direct) return (await api.send(place, activity)).ok;
  if (where.targeted && (await api.sendTo(place, account, activity)).ok) return true;
  const personal = await api.openPersonal(place, account, where.tenant);
  if (personal.ok && personal.value === '') return false;
  const shown = personal.ok
    ? await api.send({ ...place, conversation: personal.value, kind: 'personal' }, activity)
    : personal;
  // Without this sentence a question would meet with silence.
  if (!shown.ok && shown.kind === 'refused')
    await api.send(place, textActivity(sentencesFor(where.language).writeToMe));
  return shown.ok;
}

export interface SurfaceParts {
  readonly turn: Turn;
  readonly where: Where;
  readonly targeted: boolean;
  readonly files: readonly TeamsFile[];
}

/** Where a question was asked. */
export interface Where {
  readonly place: BotPlace;
  /** The asker's account in Teams, e.g. `29:…`. */
  readonly account: string;
  readonly team: Team | undefined;
}

/** What the dispatcher may do where a question was asked in Teams. */
export function surfaceOf({ turn, where, targeted, files }: SurfaceParts, room: TeamsRoom): TurnSurface {
  const { api, memory } = room;
  const { place, account, team } = where;
  const { person, conversation, language } = turn;
  const direct = conversation.kind === 'direct';
  const group = team?.group;
  const privately = { place, direct, targeted, account, person: person.id, tenant: person.tenant, group, language };
  const tell = (card: Card): Promise<boolean> => tellPrivately(room, privately, card);
  const readable = (): History | undefined =>
    room.history?.reads(turn, { group }) === true ? room.history : undefined;
  return {
    openReply(control) {
      const followed = memory.follow(turn, team?.id);
      const reply = createReply({
        api,
        place,
        replyTo: direct ? undefined : turn.message.message,
        direct,
        language,
        control,
        tellPrivately: tell,
        onStop: () => room.inbox.stop(person, conversation.id, conversation.thread),
        onAnswered(answerer, pieces, messages) {
          const answered = { conversation: conversation.id, team: team?.id };
          room.attributions.note(answered, person, answerer.asker, messages);
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
        room.fetch,
        files.find(({ id }) => id === file.id),
        maxBytes,
        signal,
      ),
  };
}
