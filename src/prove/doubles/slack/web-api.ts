import { type Answer, type Args, fail, isSessionStatus, key, word } from './args';
import { faultOfBlocks } from './blocks';
import { deleteMessage, postEphemeral, postMessage, type Told, updateMessage } from './messages';
import { readChannel, readMessages, readUser } from './reading';
import { isRecord } from './record';
import { BOT_ID, BOT_USER, type World } from './state';
import { appendStream, startStream, stopStream } from './streaming';

/** Source: "agents.sessions.setStatus" and "assistant.threads.setStatus", docs.slack.dev. */
const MOST_TITLE = 200;
const MOST_LOADING_MESSAGES = 10;

type Method = (args: Args, world: World, told: Told) => Answer;

/** The scope that each method wants of the bot's token: "Scopes", docs.slack.dev. */
const SCOPE: Readonly<Record<string, (args: Args) => string | readonly string[]>> = {
  'chat.postMessage': () => 'chat:write',
  'chat.postEphemeral': () => 'chat:write',
  'chat.update': () => 'chat:write',
  'chat.delete': () => 'chat:write',
  'chat.startStream': () => 'chat:write',
  'chat.appendStream': () => 'chat:write',
  'chat.stopStream': () => 'chat:write',
  // Either, "for the time being": changelog of 2026-03-05, docs.slack.dev.
  'assistant.threads.setStatus': () => ['chat:write', 'assistant:write'],
  'assistant.threads.setSuggestedPrompts': () => 'assistant:write',
  'agents.sessions.setStatus': () => 'chat:write',
  'conversations.replies': (args) => `${familyOf(args)}:history`,
  'conversations.history': (args) => `${familyOf(args)}:history`,
  'conversations.info': (args) => `${familyOf(args)}:read`,
  'users.info': () => 'users:read',
  'files.info': () => 'files:read',
};

const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': (_, { team: team_id }) => ({
    ok: true,
    team_id,
    user_id: BOT_USER,
    bot_id: BOT_ID,
    team: 'fake',
    user: 'dejiren',
  }),
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': updateMessage,
  'chat.delete': deleteMessage,
  'chat.startStream': startStream,
  'chat.appendStream': appendStream,
  'chat.stopStream': stopStream,
  'conversations.replies': (args, world) => readMessages(word(args.ts), args, world),
  'conversations.history': (args, world) => readMessages(undefined, args, world),
  'conversations.info': readChannel,
  'users.info': readUser,
  'files.info': (args, world) => world.files.info(args),
  'views.publish'(args, world) {
    if (!isRecord(args.view) || args.view.type !== 'home') return fail('invalid_arguments');
    if (faultOfBlocks(args.view.blocks) !== undefined) return fail('invalid_arguments');
    world.homes.set(word(args.user_id), args.view);
    return { ok: true };
  },
  'assistant.threads.setStatus'(args, world) {
    if (typeof args.status !== 'string') return fail('invalid_arguments');
    const { loading_messages: loading = [] } = args;
    if (!Array.isArray(loading) || loading.length > MOST_LOADING_MESSAGES) return fail('invalid_arguments');
    const fault = faultOfThread(args, world);
    if (fault !== undefined) return fail(fault);
    world.setStatus(word(args.channel_id), word(args.thread_ts), args.status);
    return { ok: true };
  },
  'assistant.threads.setSuggestedPrompts'(args, world) {
    if (!Array.isArray(args.prompts) || args.prompts.length < 1 || args.prompts.length > 4)
      return fail('invalid_arguments');
    world.prompts.set(word(args.channel_id), args.prompts);
    return { ok: true };
  },
  'agents.sessions.setStatus'(args, world) {
    if (!isSessionStatus(args.status)) return fail('invalid_arguments');
    if (word(args.title).length > MOST_TITLE) return fail('invalid_arguments');
    const fault = faultOfThread(args, world);
    if (fault !== undefined) return fail(fault);
    if (!world.isAgent) return fail('feature_disabled');
    const { initiator_user_id: initiator } = args;
    if (initiator !== undefined && !world.isMember(word(args.channel_id), word(initiator)))
      return fail('user_not_in_channel');
    world.sessions.set(key(args.channel_id, args.thread_ts), word(args.status));
    return { ok: true, status: word(args.status) };
  },
};

/** Answers one Web API call of the bot's token as Slack does. */
export function answerCall(method: string, args: Args, world: World, told: Told): Answer {
  const answer = METHODS[method];
  if (answer === undefined) return fail('unknown_method', { req_method: method });
  const scope = SCOPE[method]?.(args);
  if (scope !== undefined && ![scope].flat().some((one) => world.scopes.has(one)))
    return fail('missing_scope', { needed: String(scope), provided: [...world.scopes].join(',') });
  return answer(args, world, told);
}

/** Both methods are of a thread: they name its first message, which stands there. */
function faultOfThread(args: Args, world: World): string | undefined {
  const [channel, thread] = [word(args.channel_id), word(args.thread_ts)];
  if (channel === '' || thread === '') return 'invalid_arguments';
  if (world.channelOf(channel) === undefined) return 'channel_not_found';
  if (!world.isMember(channel, BOT_USER)) return 'not_in_channel';
  return world.find(channel, thread) === undefined ? 'invalid_thread_ts' : undefined;
}

function familyOf({ channel }: Args): string {
  const sign = word(channel)[0];
  return sign === 'D' ? 'im' : sign === 'G' ? 'groups' : 'channels';
}
