import type { ThreadMessage, ThreadReading } from '../../src/chat/adapter';
import type { MessageRef, Person, PersonId, TenantId, Turn, Utterance } from '../../src/chat/turn';
import { within } from '../../src/chat/wait';
import { sealText } from '../../src/text/text';
import type { Attributions } from './attributions';
import type { BotPlace } from './bot';
import { requestOf } from './commands';
import type { Graph, GraphPlace } from './graph';
import { isBefore } from './graph';
import { type GraphMessage, hasFiles, isOwn, mentions, wordsOf } from './graph-message';
import type { KnownPerson, People } from './people';

export interface HistoryParts {
  readonly graph: Graph;
  readonly appId: string;
  readonly people: People;
  readonly attributions: Attributions;
  readonly now: () => number;
}

/** Where a question stands, as the Bot Connector and Graph name it. */
export interface QuestionPlace {
  readonly place: BotPlace;
  /** The asker's account in Teams, e.g. `29:…`. */
  readonly account: string;
  /** The id in the directory of the team whose channel it is. */
  readonly group: string | undefined;
}

/** Reads chats by Graph at request time, where the organisation permits it; nothing of them is kept. */
export interface History {
  /** Whether what was said there may be read, as far as is known: personal chats may never. */
  reads(turn: Pick<Turn, 'conversation'>, where: Pick<QuestionPlace, 'group'>): boolean;
  /** Messages of the turn's thread before its question, oldest first. */
  readThread(turn: Turn, where: QuestionPlace, limit: number, signal: AbortSignal): Promise<ThreadReading>;
  /** A question as it stands now; undefined where it is gone, is not the person's, came with files, or may not be read. */
  readQuestion(ref: MessageRef, person: Person, group: string | undefined): Promise<Utterance | undefined>;
}

const WAIT_MS = 5_000;
/** A chat that may not be read is asked for again after so long. */
const REFUSED_MS = 600_000;
const REFUSED_KEPT = 2_000;
/** Of so many authors of one thread Teams is asked who they are; the rest stay unknown, and their words withheld. */
const MOST_ASKED = 10;

export function createHistory({ graph, appId, people, attributions, now }: HistoryParts): History {
  const refused = new Map<string, number>();

  function noteRefusal(conversation: string): void {
    refused.delete(conversation);
    refused.set(conversation, now() + REFUSED_MS);
    const [oldest] = refused.keys();
    if (refused.size > REFUSED_KEPT && oldest !== undefined) refused.delete(oldest);
  }

  /** Asks once about each author, of those who spoke last. */
  function authorsOf(messages: readonly GraphMessage[], turn: Turn, { place, account }: QuestionPlace) {
    const { tenant, id: self } = turn.person;
    const asked = new Map<string, Promise<KnownPerson>>();
    for (const { from } of [...messages].reverse()) {
      const user = from?.user;
      if (!user || asked.has(user.id) || asked.size === MOST_ASKED) continue;
      asked.set(user.id, people.find(place, user.id === self ? account : user.id, tenant));
    }
    return async (user: NonNullable<NonNullable<GraphMessage['from']>['user']>) => {
      const known = await asked.get(user.id);
      const isForeign = (user.tenantId ?? tenant) !== tenant || (user.userIdentityType ?? 'aadUser') !== 'aadUser';
      const person: Person = {
        platform: 'teams',
        tenant,
        id: user.id as PersonId,
        standing: isForeign ? 'external' : (known?.standing ?? 'unknown'),
      };
      const shown = user.displayName ? [sealText(user.displayName)] : [];
      return { person, names: [...shown, ...(known?.names ?? [])] };
    };
  }

  async function threadOf(found: readonly GraphMessage[], turn: Turn, where: QuestionPlace, limit: number) {
    const { conversation, message, person } = turn;
    const said = found
      .filter(({ id, messageType, deletedDateTime }) => {
        return isBefore(id, message.message) && messageType === 'message' && !deletedDateTime;
      })
      .sort((one, other) => Number(one.id) - Number(other.id))
      .slice(-limit);
    const authorOf = authorsOf(said, turn, where);
    const messages = await Promise.all(
      said.map(async (one): Promise<ThreadMessage | undefined> => {
        const user = one.from?.user;
        if (isOwn(one, appId)) {
          const asker = attributions.askerOf(conversation.id, one.id);
          return { kind: 'answer', asker, said: await wordsOf(one, appId) };
        }
        if (!user) return undefined;
        const author = await authorOf(user);
        return { kind: 'person', author: author.person, names: author.names, said: await wordsOf(one, appId) };
      }),
    );
    return sinceNew(
      messages.flatMap((one) => one ?? []),
      person,
    ).filter(({ said: { text } }) => !text.isBlank);
  }

  return {
    reads({ conversation }, { group }) {
      if (conversation.kind === 'direct' || (conversation.kind === 'channel' && group === undefined)) return false;
      return (refused.get(conversation.id) ?? 0) <= now();
    },
    async readThread(turn, where, limit, signal) {
      const { conversation, message, person } = turn;
      const place = graphPlace(turn.message, person.tenant, where.group);
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)]);
      const work = graph.before(place, message.message, limit, deadline).then(async (found): Promise<ThreadReading> => {
        if (found === 'not-permitted') noteRefusal(conversation.id);
        if (typeof found === 'string') return { kind: 'unavailable', reason: found };
        return { kind: 'read', messages: await threadOf(found, turn, where, limit) };
      });
      return within(work, WAIT_MS, { kind: 'unavailable', reason: 'failed' } as const, signal);
    },
    async readQuestion(ref, person, group) {
      const place = graphPlace(ref, person.tenant, group);
      const found = await graph.message(place, ref.message, AbortSignal.timeout(WAIT_MS));
      if (found === 'not-permitted') noteRefusal(ref.conversation);
      if (typeof found === 'string' || found.deletedDateTime || found.messageType !== 'message') return undefined;
      if (found.from?.user?.id !== person.id || !mentions(found, appId) || hasFiles(found)) return undefined;
      return wordsOf(found, appId);
    },
  };
}

function graphPlace({ conversation, thread }: MessageRef, tenant: TenantId, group: string | undefined): GraphPlace {
  return group === undefined
    ? { kind: 'chat', tenant, chat: conversation }
    : { kind: 'thread', tenant, group, channel: conversation, root: thread };
}

/** What was said since the person last began anew, without the words of the command. */
function sinceNew(messages: readonly ThreadMessage[], person: Person): readonly ThreadMessage[] {
  const isTheirs = (one: ThreadMessage): boolean => one.kind === 'person' && one.author.id === person.id;
  const began = messages.findLastIndex((one) => isTheirs(one) && requestOf(one.said).kind === 'new');
  return messages.slice(began + 1).filter((one) => !isTheirs(one) || requestOf(one.said).kind === 'question');
}
