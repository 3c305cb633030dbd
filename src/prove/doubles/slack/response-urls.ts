import { blocksIn, jsonOf, truth, word } from './args';
import { faultOfBlocks } from './blocks';
import { isRecord } from './record';
import { BOT_ID, BOT_USER, type Ephemeral, type FakeMessage, type World } from './state';

const MOST_USES = 5;
const GOOD_FOR_MS = 30 * 60_000;

/** Whom a `response_url` answers, and what it may replace. */
export interface Responding {
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string;
  original?: Ephemeral | FakeMessage;
}

export type ResponseUrls = ReturnType<typeof createResponseUrls>;

/** Plays `response_url`: "Handling user interaction", docs.slack.dev; good for five uses in half an hour. */
export function createResponseUrls(world: World, now: () => number) {
  const given = new Map<string, { readonly to: Responding; readonly until: number; uses: number }>();

  /** Shows content to the person, or to all of the channel; undefined when there is nothing to show. */
  function show(content: Record<string, unknown>, to: Responding): Ephemeral | FakeMessage | undefined {
    const [text, blocks] = [word(content.text), blocksIn(content.blocks)];
    if (text === '' && blocks.length === 0) return undefined;
    const place = { channel: to.channel, ...(to.threadTs !== undefined && { threadTs: to.threadTs }) };
    return content.response_type === 'in_channel'
      ? world.store({ ...place, user: BOT_USER, botId: BOT_ID, text, blocks })
      : world.whisper({ ...place, user: to.user, text, blocks });
  }

  function answer(path: string, raw: string): { readonly status: number; readonly body: string } {
    const entry = given.get(path);
    if (entry === undefined || entry.uses >= MOST_USES || now() >= entry.until)
      return { status: 404, body: 'expired_url' };
    const content = jsonOf(raw);
    if (!isRecord(content)) return { status: 400, body: 'invalid_payload' };
    if (content.blocks !== undefined && faultOfBlocks(content.blocks) !== undefined)
      return { status: 400, body: 'invalid_blocks' };
    entry.uses += 1;
    const { to } = entry;
    if (truth(content.delete_original)) {
      if (to.original !== undefined) to.original.deleted = true;
    } else if (truth(content.replace_original) && to.original !== undefined && !to.original.deleted) {
      Object.assign(to.original, { text: word(content.text), blocks: blocksIn(content.blocks) });
      if ('edited' in to.original) to.original.edited = true;
    } else if (show(content, to) === undefined) return { status: 400, body: 'no_text' };
    return { status: 200, body: 'ok' };
  }

  return {
    show,
    answer,
    /** The path of a new `response_url`. */
    open(to: Responding): string {
      const path = `/response/${world.next()}`;
      given.set(path, { to, until: now() + GOOD_FOR_MS, uses: 0 });
      return path;
    },
  };
}
