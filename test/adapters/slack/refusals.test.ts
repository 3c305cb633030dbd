import type { Card } from '../../../src/model/card';
import { answerTo, FOOTER, openSlackRoom } from './slack-room';

const SCOPES = ['app_mentions:read', 'assistant:write', 'chat:write', 'commands', 'im:history', 'channels:history'];
const WORDS = ['FIRST words. ', 'SECOND words. ', 'THIRD words.'];
const POSTS = /^chat\.(?:postMessage|update|startStream|appendStream|stopStream)$/u;
const OWN_DIRECT = 'DU1';

type Args = Readonly<Record<string, unknown>>;
const hasBlocks = ({ blocks }: Args): boolean => Array.isArray(blocks) && blocks.length > 0;
const hasMarkdown = ({ blocks }: Args): boolean =>
  Array.isArray(blocks) && blocks.some((one: { type?: unknown }) => one.type === 'markdown');

const WHEN = ['from the beginning', 'in the middle', 'at the end'] as const;

/** A room of a test's own, so that they run side by side, with what all tests here look at. */
async function openRefusing() {
  const room = await openSlackRoom({ scopes: SCOPES });
  /** All that anybody sees: in the place, to the asker alone, in their direct messages. */
  const everything = (place = 'C1'): string =>
    [...room.shown(place), ...room.whispers(), ...room.shown(OWN_DIRECT)].join('\n');
  const saw = (words: string): Promise<void> => room.slack.until(() => everything().includes(words));

  /** Answers in full: at once, or with the refusal only after the first words, or only at the end. */
  async function answerIn(place: string, when: (typeof WHEN)[number], begin: () => void) {
    const answer = answerTo(await room.ask(place));
    const [first = '', second = '', third = ''] = WORDS;
    if (when === 'from the beginning') begin();
    answer.say(first);
    if (when !== 'from the beginning') await room.slack.until(() => everything(place).includes(first.trim()));
    if (when === 'in the middle') begin();
    answer.say(second);
    if (when === 'at the end') {
      await room.slack.until(() => everything(place).includes(second.trim()));
      begin();
    }
    answer.say(third);
    return answer.end();
  }

  /** Each part is there once, in order, with who answered below. */
  function isWhole(place: string): void {
    const whole = everything(place);
    for (const part of WORDS) expect(whole.split(part.trim())).toHaveLength(2);
    expect(WORDS.map((part) => whole.indexOf(part.trim()))).toEqual(
      WORDS.map((part) => whole.indexOf(part.trim())).toSorted((one, other) => one - other),
    );
    expect(whole).toContain(FOOTER);
  }

  return { room, everything, saw, answerIn, isWhole, [Symbol.asyncDispose]: room.close };
}

describe('an answer that Slack refuses to show', () => {
  describe.each(WHEN)('%s', (when) => {
    it.concurrent.each([
      ['C1', 'invalid_blocks'],
      ['D1', 'invalid_blocks'],
      ['C1', 'invalid_blocks_format'],
      ['D1', 'markdown_text_conflict'],
      ['C1', 'a_word_of_tomorrow'],
    ])('comes as plain text where Slack takes no blocks (%s, %s)', async (place, error) => {
      await using refusing = await openRefusing();
      const { room, everything, answerIn, isWhole } = refusing;
      const refuse = (): void =>
        room.slack.refuse((method, args) =>
          POSTS.test(method) && (hasBlocks(args) || 'markdown_text' in args) ? error : undefined,
        );
      expect(await answerIn(place, when, refuse)).toEqual({ delivered: true });
      isWhole(place);
      expect(room.whispers()).toEqual([]);
      expect(everything(place)).toContain('plain text');
    });

    it.concurrent('is not plain where only streaming is refused', async () => {
      await using refusing = await openRefusing();
      const { room, everything, answerIn, isWhole } = refusing;
      const refuse = (): void =>
        room.slack.refuse((method) => (/Stream$/u.test(method) ? 'feature_not_enabled' : undefined));
      expect(await answerIn('D1', when, refuse)).toEqual({ delivered: true });
      isWhole('D1');
      expect(everything('D1')).not.toContain('plain text');
    });

    it.concurrent.each([
      'method_not_supported_for_channel_type',
      'streaming_state_conflict',
      'message_not_in_streaming_state',
    ])('goes on without a stream that Slack refuses as %s', async (error) => {
      await using refusing = await openRefusing();
      const { room, answerIn, isWhole } = refusing;
      const refuse = (): void => room.slack.refuse((method) => (/Stream$/u.test(method) ? error : undefined));
      expect(await answerIn('D1', when, refuse)).toEqual({ delivered: true });
      isWhole('D1');
    });

    it.concurrent.each(['is_archived', 'channel_not_found', 'not_in_channel', 'restricted_action_read_only_channel'])(
      'goes to the asker alone where nothing may be posted any more (%s)',
      async (error) => {
        await using refusing = await openRefusing();
        const { room, everything, answerIn, isWhole } = refusing;
        const refuse = (): void =>
          room.slack.refuse((method) => (/^chat\.(?:post(?!Eph)|up|st)/u.test(method) ? error : undefined));
        expect(await answerIn('C1', when, refuse)).toEqual({ delivered: true });
        const whole = everything();
        for (const part of WORDS.slice(when === 'at the end' ? 2 : 0)) expect(whole).toContain(part.trim());
        isWhole('C1');
        expect(room.whispers().join('\n')).toContain('only you see this answer');
      },
    );

    it.concurrent('goes to the asker’s direct messages where not even that may be', async () => {
      await using refusing = await openRefusing();
      const { room, answerIn, isWhole } = refusing;
      const refuse = (): void =>
        room.slack.refuse((method, { channel }) =>
          method.startsWith('chat.') && channel === 'C1' ? 'is_archived' : undefined,
        );
      expect(await answerIn('C1', when, refuse)).toEqual({ delivered: true });
      isWhole('C1');
      expect(room.shown(OWN_DIRECT).join('\n')).toContain('I am not allowed to post where you asked');
    });
  });

  it.concurrent.each([
    'cannot_reply_to_message',
    'thread_not_found',
    'message_not_found',
    'restricted_action_thread_locked',
  ])('stands in the channel where its thread takes no replies (%s)', async (error) => {
    await using refusing = await openRefusing();
    const { room, answerIn, isWhole } = refusing;
    const refuse = (): void =>
      room.slack.refuse((method, args) => (method === 'chat.postMessage' && 'thread_ts' in args ? error : undefined));
    expect(await answerIn('C1', 'from the beginning', refuse)).toEqual({ delivered: true });
    isWhole('C1');
    expect(room.slack.answers('C1').map(({ threadTs }) => threadTs)).toEqual([undefined]);
    expect(room.shown('C1')[0]).toContain('I am not allowed to reply in that thread');
  });

  it.concurrent('is not put back in public where somebody took it away: the asker alone has it, whole', async () => {
    await using refusing = await openRefusing();
    const { room, answerIn } = refusing;
    const take = (): void =>
      room.slack.refuse((method) => (method === 'chat.update' ? 'message_not_found' : undefined));
    expect(await answerIn('C1', 'in the middle', take)).toEqual({ delivered: true });
    expect(room.shown('C1')).toHaveLength(1);
    for (const part of WORDS) expect(room.whispers().join('\n')).toContain(part.trim());
  });

  it.concurrent.each(['msg_too_long', 'msg_blocks_too_long'])(
    'is dealt out in smaller messages where Slack takes fewer words (%s)',
    async (error) => {
      await using refusing = await openRefusing();
      const { room } = refusing;
      room.slack.refuse((method, args) =>
        method === 'chat.postMessage' && JSON.stringify(args).length > 6_000 ? error : undefined,
      );
      const answer = answerTo(await room.ask('C1'));
      for (let line = 0; line < 600; line += 1) answer.say(`line ${line} of it\n`);
      expect(await answer.end()).toEqual({ delivered: true });
      const whole = room.shown('C1').join('\n');
      for (let line = 0; line < 600; line += 1) expect(whole.split(`line ${line} of it`)).toHaveLength(2);
    },
  );

  it.concurrent('is shown to the asker alone, as plain text, in several messages, where all of that is needed', async () => {
    await using refusing = await openRefusing();
    const { room } = refusing;
    room.slack.refuse((method, args) => {
      if (method === 'chat.postMessage') return 'is_archived';
      if (!method.startsWith('chat.')) return undefined;
      if (hasBlocks(args)) return 'invalid_blocks';
      return String(args.text).length > 4_000 ? 'msg_too_long' : undefined;
    });
    const answer = answerTo(await room.ask('C1'));
    for (let line = 0; line < 600; line += 1) answer.say(`line ${line} of it\n`);
    expect(await answer.end()).toEqual({ delivered: true });
    const whole = room.whispers().join('\n');
    for (let line = 0; line < 600; line += 1) expect(whole.split(`line ${line} of it`)).toHaveLength(2);
    expect(whole.split('only you see this answer')).toHaveLength(2);
    expect(room.whispers().at(-1)).toContain(FOOTER);
    expect(room.shown('C1')).toEqual([]);
  });

  it.concurrent('is posted once Slack’s own trouble is over', async () => {
    await using refusing = await openRefusing();
    const { room, isWhole } = refusing;
    const asked = await room.ask('C1');
    room.slack.failNext('chat.postMessage', { error: 'internal_error' }, { status: 503 });
    const answer = answerTo(asked);
    for (const part of WORDS) answer.say(part);
    expect(await answer.end()).toEqual({ delivered: true });
    isWhole('C1');
  });

  it.concurrent('tries nothing more where the token itself is refused', async () => {
    await using refusing = await openRefusing();
    const { room } = refusing;
    const asked = await room.ask('C1');
    room.slack.refuse((method) => (method.startsWith('chat.') ? 'token_revoked' : undefined));
    const answer = answerTo(asked);
    answer.say('FIRST words.');
    expect(await answer.end()).toEqual({ delivered: false, code: 'token_revoked' });
    expect(room.slack.callsOf('chat.postMessage')).toHaveLength(1);
    expect(room.adapter.ready()).toBe(false);
  });

  it.concurrent.each([
    ['withdraws', (answer: ReturnType<typeof answerTo>) => answer.forbid()],
    ['presses Stop', (answer: ReturnType<typeof answerTo>) => answer.abort()],
  ])('is shown in no plainer way once the asker %s', async (_what, breakOff) => {
    await using refusing = await openRefusing();
    const { room, everything } = refusing;
    for (const error of ['invalid_blocks', 'cannot_reply_to_message', 'is_archived', 'msg_too_long']) {
      const place = 'C1';
      const answer = answerTo(await room.ask(place));
      const before = room.slack.calls.length;
      let refused = 0;
      room.slack.refuse((method, args) => {
        if (method !== 'chat.postMessage' || !JSON.stringify(args).includes(`SECRET of ${error}`)) return undefined;
        refused += 1;
        if (refused === 1) breakOff(answer);
        return refused === 1 ? error : undefined;
      });
      answer.say(`SECRET of ${error}.`);
      await room.slack.until(() => refused > 0);
      await answer.end({ kind: 'stopped' });
      const told = room.slack.calls.slice(before).filter(({ args }) => JSON.stringify(args).includes('SECRET'));
      expect([refused, told.length]).toEqual([1, 1]);
      expect(everything()).not.toContain(`SECRET of ${error}`);
    }
  });

  it.concurrent('is taken away, where no other words may be put in its place', async () => {
    await using refusing = await openRefusing();
    const { room, saw } = refusing;
    const answer = answerTo(await room.ask('C1'));
    answer.say('CANARY words');
    await saw('CANARY words');
    room.slack.refuse((method) => (method === 'chat.update' ? 'edit_window_closed' : undefined));
    await answer.end({ kind: 'retracted' });
    expect(room.shown('C1').join('\n')).not.toContain('CANARY');
  });
});

describe('a card that Slack refuses to show', () => {
  const card: Card = {
    title: 'The title',
    paragraphs: ['A paragraph <with> signs.'],
    facts: [{ label: 'Where', value: 'Japan' }],
    links: [{ label: 'The source', url: 'https://example.com/' }],
    buttons: [{ label: 'Agree', style: 'primary', action: { do: 'grant', vendor: 'one' } }],
    footnote: 'The small print.',
  };
  const SAID = ['The title', 'A paragraph', 'Japan', 'https://example.com/', 'The small print.'];
  async function openWithCard() {
    const room = await openSlackRoom({ scopes: SCOPES });
    const seen = (): string => [...room.whispers(), ...room.shown('D1'), ...room.shown(OWN_DIRECT)].join('\n');
    const types = (method: string): readonly string[] => {
      const blocks = room.slack.callsOf(method).at(-1)?.args.blocks;
      return Array.isArray(blocks) ? blocks.map((one: { type: string }) => one.type) : [];
    };
    return { room, seen, types, [Symbol.asyncDispose]: room.close };
  }

  it.concurrent.each(['C1', 'D1'])('keeps its buttons in a plainer card (%s)', async (place) => {
    await using asking = await openWithCard();
    const { room, seen, types } = asking;
    const { surface } = await room.ask(place);
    room.slack.refuse((_method, args) => (JSON.stringify(args).includes('"header"') ? 'invalid_blocks' : undefined));
    expect(await surface.tellPrivately(card)).toBe(true);
    for (const words of SAID) expect(seen()).toContain(words);
    expect(types(place === 'C1' ? 'chat.postEphemeral' : 'chat.postMessage')).toEqual(['section', 'actions']);
  });

  it.concurrent.each(['C1', 'D1'])(
    'is told in words, with what to type, where no card is taken (%s)',
    async (place) => {
      await using asking = await openWithCard();
      const { room, seen } = asking;
      const { surface } = await room.ask(place);
      room.slack.refuse((_method, args) => (hasBlocks(args) ? 'invalid_blocks_format' : undefined));
      expect(await surface.tellPrivately(card)).toBe(true);
      for (const words of [...SAID, '/dejiren-optin on', '/dejiren-optin off']) expect(seen()).toContain(words);
      expect(hasMarkdown(room.slack.calls.at(-1)?.args ?? {})).toBe(false);
    },
  );

  it.concurrent.each(['user_not_in_channel', 'is_archived', 'channel_not_found'])(
    'goes to the asker’s direct messages, and to nobody else, where the channel takes none (%s)',
    async (error) => {
      await using asking = await openWithCard();
      const { room } = asking;
      const { surface } = await room.ask('C1');
      room.slack.refuse((method) => (method === 'chat.postEphemeral' ? error : undefined));
      expect(await surface.tellPrivately(card)).toBe(true);
      for (const words of SAID) expect(room.shown(OWN_DIRECT).join('\n')).toContain(words);
      expect(room.shown('C1')).toEqual([]);
    },
  );

  it.concurrent('says that it was not shown where Slack takes it nowhere', async () => {
    await using asking = await openWithCard();
    const { room } = asking;
    const { surface } = await room.ask('C1');
    room.slack.refuse((method) => (method.startsWith('chat.') ? 'ekm_access_denied' : undefined));
    expect(await surface.tellPrivately(card)).toBe(false);
  });
});
