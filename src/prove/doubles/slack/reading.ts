import { type Answer, type Args, fail, truth, word } from './args';
import { BOT_USER, type FakeMessage, type World } from './state';

const MOST_PER_PAGE = 999;

/** `conversations.replies` and `conversations.history`, page by page. */
export function readMessages(thread: string | undefined, args: Args, world: World): Answer {
  const channel = word(args.channel);
  if (world.channelOf(channel) === undefined) return fail('channel_not_found');
  if (!world.isMember(channel, BOT_USER)) return fail('not_in_channel');
  const inclusive = truth(args.inclusive);
  const within = (ts: string): boolean =>
    (args.latest === undefined || Number(ts) < Number(args.latest) || (inclusive && ts === args.latest)) &&
    (args.oldest === undefined || Number(ts) > Number(args.oldest) || (inclusive && ts === args.oldest));
  const all = world.inChannel(channel);
  const found =
    thread === undefined
      ? all.filter(({ ts, threadTs = ts }) => threadTs === ts && within(ts)).reverse()
      : // The first message comes along, from whenever one reads.
        all.filter(({ ts, threadTs }) => ts === thread || (threadTs === thread && within(ts)));
  const root = all.find(({ ts }) => ts === thread);
  if (thread !== undefined && root === undefined) return fail('thread_not_found');
  const limit = Math.min(Number(args.limit ?? 100), MOST_PER_PAGE);
  const from = Number(word(args.cursor) || 0);
  const more = found.length > from + limit;
  const parents = new Map<string, number>();
  for (const { ts, threadTs } of all)
    if (threadTs !== undefined && threadTs !== ts) parents.set(threadTs, (parents.get(threadTs) ?? 0) + 1);
  return {
    ok: true,
    messages: found.slice(from, from + limit).map((message) => ({
      ...wire(message, truth(args.include_all_metadata), parents.get(message.ts)),
      ...(message.files !== undefined && { files: world.files.objects(message.files) }),
    })),
    has_more: more,
    ...(more && { response_metadata: { next_cursor: String(from + limit) } }),
  };
}

export function readChannel(args: Args, world: World): Answer {
  const channel = world.channelOf(word(args.channel));
  if (channel === undefined) return fail('channel_not_found');
  const { id, kind, isExtShared = false } = channel;
  return {
    ok: true,
    channel: {
      id,
      is_channel: kind === 'public',
      is_group: kind === 'private',
      is_im: kind === 'im',
      is_private: kind !== 'public',
      is_ext_shared: isExtShared,
      is_member: world.isMember(id, BOT_USER),
      ...(kind !== 'im' && { name: channel.name ?? id.toLowerCase() }),
    },
  };
}

export function readUser(args: Args, world: World): Answer {
  const user = world.users.get(word(args.user));
  if (user === undefined) return fail('user_not_found');
  const { id, name, realName = name, displayName = name, team = world.team, locale = 'en-US' } = user;
  const { isBot = false, isGuest = false, isSingleChannelGuest = false, isStranger = false, enterpriseUser } = user;
  return {
    ok: true,
    user: {
      id,
      team_id: team,
      name,
      real_name: realName,
      profile: { display_name: displayName, real_name: realName },
      is_bot: isBot,
      is_restricted: isGuest || isSingleChannelGuest,
      is_ultra_restricted: isSingleChannelGuest,
      ...(isStranger && { is_stranger: true }),
      ...(enterpriseUser !== undefined && {
        enterprise_user: { id, enterprise_id: enterpriseUser.enterprise, teams: enterpriseUser.teams },
      }),
      ...(truth(args.include_locale) && { locale }),
    },
  };
}

/** A message as the history and events tell it; metadata only to whom asks for it. */
export function wire(message: FakeMessage, withMetadata = false, replies = 0): Answer {
  const { ts, user, botId, team, threadTs, text, blocks, metadata, subtype } = message;
  return {
    type: 'message',
    user,
    ts,
    text,
    team,
    ...(botId !== undefined && { bot_id: botId }),
    ...(threadTs !== undefined && { thread_ts: threadTs }),
    ...(replies > 0 && { thread_ts: ts, reply_count: replies }),
    ...(blocks.length > 0 && { blocks }),
    ...(withMetadata && metadata !== undefined && { metadata }),
    ...(subtype !== undefined && { subtype }),
  };
}
