import { LogLevel, webApi } from '@slack/bolt';
import fc from 'fast-check';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../../../src/prove/doubles/slack/fake-slack';
import { TEAM } from '../../../src/prove/doubles/slack/state';

const THREAD = '1700000000.000100';
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const markdown = (text: string) => ({ type: 'markdown', text });
const button = (action_id: string) => ({ type: 'button', action_id, text: { type: 'plain_text', text: 'Go' } });

describe('the fake Slack refuses what Slack refuses', () => {
  let slack: FakeSlack;

  const begin = async (options: FakeSlackOptions = {}): Promise<void> => {
    await slack?.close();
    slack = await startFakeSlack({
      scopes: ['chat:write', 'assistant:write', 'channels:history', 'channels:read', 'users:read', 'im:history'],
      channels: [
        { id: 'C1', kind: 'public' },
        { id: 'C2', kind: 'public', members: ['U1'] },
        { id: 'D1', kind: 'im' },
        { id: 'G1', kind: 'private' },
      ],
      ...options,
    });
    slack.users.set('U1', { id: 'U1', name: 'One' });
  };
  beforeEach(() => begin());
  afterAll(() => slack.close());

  const clientFor = (token = slack.botToken): webApi.WebClient =>
    new webApi.WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR });

  /** Slack's error for this call, or `ok`. */
  async function said(method: string, args: Record<string, unknown>, token?: string): Promise<string> {
    try {
      await clientFor(token).apiCall(method, args);
      return 'ok';
    } catch (error) {
      const { data } = error as { data?: { error?: string } };
      return data?.error ?? String(error);
    }
  }
  const posted = async (channel = 'C1'): Promise<string> =>
    String((await clientFor().chat.postMessage({ channel, text: 'x' })).ts);
  const started = async (text = 'x', channel = 'D1'): Promise<string> =>
    String((await clientFor().chat.startStream({ channel, thread_ts: THREAD, markdown_text: text })).ts);

  it('a wrong token, a missing scope, an unknown method', async () => {
    expect(await said('auth.test', {}, 'xoxb-wrong')).toBe('invalid_auth');
    expect(await said('apps.connections.open', {})).toBe('not_allowed_token_type');
    expect(await said('apps.connections.open', {}, slack.appToken)).toBe('ok');
    expect(await said('conversations.history', { channel: 'G1' })).toBe('missing_scope');
    expect(await said('conversations.history', { channel: 'C1' })).toBe('ok');
    expect(await said('chat.unheardOf', {})).toBe('unknown_method');
  });

  it.each([
    ['no_text', 'chat.postMessage', { channel: 'C1' }],
    ['channel_not_found', 'chat.postMessage', { channel: 'C404', text: 'x' }],
    ['not_in_channel', 'chat.postMessage', { channel: 'C2', text: 'x' }],
    ['invalid_thread_ts', 'chat.postMessage', { channel: 'C1', text: 'x', thread_ts: '1' }],
    ['invalid_metadata_format', 'chat.postMessage', { channel: 'C1', text: 'x', metadata: { event_type: 'x' } }],
    ['markdown_text_conflict', 'chat.postMessage', { channel: 'C1', text: 'x', markdown_text: 'x' }],
    ['user_not_in_channel', 'chat.postEphemeral', { channel: 'C1', text: 'x', user: 'U404' }],
    ['no_text', 'chat.postEphemeral', { channel: 'C1', user: 'U1' }],
    ['message_not_found', 'chat.update', { channel: 'C1', ts: THREAD, text: 'x' }],
    ['message_not_found', 'chat.delete', { channel: 'C1', ts: THREAD }],
    ['invalid_arguments', 'chat.startStream', { channel: 'D1', markdown_text: 'x' }],
    ['channel_type_not_supported', 'chat.startStream', { channel: 'C2', thread_ts: THREAD, markdown_text: 'x' }],
    ['missing_recipient_team_id', 'chat.startStream', { channel: 'C1', thread_ts: THREAD, markdown_text: 'x' }],
    [
      'missing_recipient_user_id',
      'chat.startStream',
      { channel: 'C1', thread_ts: THREAD, markdown_text: 'x', recipient_team_id: TEAM },
    ],
    ['invalid_chunks', 'chat.startStream', { channel: 'D1', thread_ts: THREAD, chunks: [{ type: 'words' }] }],
    ['thread_not_found', 'conversations.replies', { channel: 'C1', ts: THREAD }],
    ['user_not_found', 'users.info', { user: 'U404' }],
    ['invalid_arguments', 'assistant.threads.setSuggestedPrompts', { channel_id: 'D1', prompts: [1, 2, 3, 4, 5] }],
    ['invalid_arguments', 'agents.sessions.setStatus', { channel_id: 'D1', status: 'busy' }],
    ['invalid_arguments', 'views.publish', { user_id: 'U1', view: { type: 'home', blocks: [{ type: 'nonsense' }] } }],
  ])('%s: %s %j', async (error, method, args) => {
    expect(await said(method, args)).toBe(error);
  });

  it('changes to what others wrote', async () => {
    const ts = slack.put({ channel: 'C1', user: 'U1', text: 'mine' });
    expect(await said('chat.update', { channel: 'C1', ts, text: 'x' })).toBe('cant_update_message');
    expect(await said('chat.delete', { channel: 'C1', ts })).toBe('cant_delete_message');
    expect(slack.visible('C1').map(({ text }) => text)).toEqual(['mine']);
  });

  it.each([
    ['ok', [markdown('x'.repeat(12_000))]],
    ['msg_too_long', [markdown('x'.repeat(12_001))]],
    ['ok', [section('x'.repeat(3_000))]],
    ['invalid_blocks', [section('x'.repeat(3_001))]],
    ['ok', Array.from({ length: 50 }, () => section('x'))],
    ['invalid_blocks', Array.from({ length: 51 }, () => section('x'))],
    ['ok', Array.from({ length: 5 }, () => section('x'.repeat(2_640)))],
    ['msg_blocks_too_long', Array.from({ length: 5 }, () => section('x'.repeat(2_641)))],
    ['invalid_blocks', [section('')]],
    ['invalid_blocks', [{ type: 'section' }]],
    ['ok', [{ type: 'actions', elements: [button('a'), button('b')] }]],
    ['invalid_blocks', [{ type: 'actions', elements: [button('a'), button('a')] }]],
    ['invalid_blocks', [{ type: 'actions', elements: [{ ...button('a'), style: 'blue' }] }]],
    [
      'invalid_blocks',
      [
        { ...section('x'), block_id: 'same' },
        { ...section('x'), block_id: 'same' },
      ],
    ],
    ['invalid_blocks', 'not a list'],
  ])('%s for blocks (case %#)', async (error, blocks) => {
    expect(await said('chat.postMessage', { channel: 'C1', text: 'x', blocks })).toBe(error);
  });

  it('an edit of more than 4,000 escaped bytes', async () => {
    const ts = await posted();
    expect(await said('chat.update', { channel: 'C1', ts, text: 'あ'.repeat(1_333) })).toBe('ok');
    expect(await said('chat.update', { channel: 'C1', ts, text: 'あ'.repeat(1_334) })).toBe('msg_too_long');
    expect(await said('chat.update', { channel: 'C1', ts, text: '&'.repeat(801) })).toBe('msg_too_long');
    expect(await said('chat.update', { channel: 'C1', ts, text: '&amp;'.repeat(800) })).toBe('ok');
  });

  it('a stream of more bytes than Slack holds, counted over all appends', async () => {
    const ts = await started('あ'.repeat(3_000));
    const more = (text: string) => said('chat.appendStream', { channel: 'D1', ts, markdown_text: text });
    expect(await more('あ'.repeat(534))).toBe('msg_too_long');
    expect(await more('あ'.repeat(533))).toBe('ok');
    expect(await said('chat.stopStream', { channel: 'D1', ts, markdown_text: 'xx' })).toBe('msg_too_long');
    expect(await said('chat.stopStream', { channel: 'D1', ts, markdown_text: 'x' })).toBe('ok');
    expect(Buffer.byteLength(slack.visible('D1')[0]?.text ?? '')).toBe(10_600);
  });

  it('appends and stops of what is not streaming, and edits of what is', async () => {
    const plain = await posted('D1');
    const refused = 'message_not_in_streaming_state';
    expect(await said('chat.appendStream', { channel: 'D1', ts: plain, markdown_text: 'x' })).toBe(refused);
    const ts = await started();
    expect(await said('chat.update', { channel: 'D1', ts, text: 'y' })).toBe('cant_update_message');
    expect(await said('chat.appendStream', { channel: 'D1', ts })).toBe('no_text');
    expect(await said('chat.stopStream', { channel: 'D1', ts })).toBe('ok');
    expect(await said('chat.stopStream', { channel: 'D1', ts })).toBe(refused);
    const expired = await started();
    slack.expireStreams();
    expect(await said('chat.appendStream', { channel: 'D1', ts: expired, markdown_text: 'x' })).toBe(refused);
    expect(await said('chat.update', { channel: 'D1', ts: expired, text: 'whole' })).toBe('ok');
  });

  it('keeps what an edit leaves out, and takes away what it empties', async () => {
    const metadata = { event_type: 'answer', event_payload: { asker: 'U1' } };
    const client = clientFor();
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'a', blocks: [markdown('b')], metadata });
    await client.chat.update({ channel: 'C1', ts, text: 'c' });
    expect(slack.visible('C1')).toMatchObject([{ text: 'b', metadata }]);
    await client.chat.update({ channel: 'C1', ts, text: 'd', blocks: [] });
    expect(slack.visible('C1')).toMatchObject([{ text: 'd', metadata }]);
  });

  it('reads a thread page by page, and metadata only for whom asks for it', async () => {
    const client = clientFor();
    const root = slack.put({ channel: 'C1', user: 'U1', text: 'root' });
    const metadata = { event_type: 'answer', event_payload: {} };
    await client.chat.postMessage({ channel: 'C1', thread_ts: root, text: 'reply', metadata });
    const plain = await client.conversations.replies({ channel: 'C1', ts: root });
    expect(plain.messages).toMatchObject([{ text: 'root', reply_count: 1 }, { text: 'reply' }]);
    expect(plain.messages?.[1]).not.toHaveProperty('metadata');
    const first = await client.conversations.replies({ channel: 'C1', ts: root, limit: 1, include_all_metadata: true });
    expect(first).toMatchObject({ has_more: true, messages: [{ text: 'root' }] });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const next = { channel: 'C1', ts: root, limit: 1, cursor, include_all_metadata: true };
    expect(await client.conversations.replies(next)).toMatchObject({ has_more: false, messages: [{ metadata }] });
    const { messages } = await client.conversations.history({ channel: 'C1' });
    expect(messages?.map(({ text }) => text)).toEqual(['root']);
  });

  it('shows exactly the streamed words, in whatever pieces they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 6 }),
        async (parts) => {
          const ts = await started();
          for (const text of parts) await said('chat.appendStream', { channel: 'D1', ts, markdown_text: text });
          expect(slack.visible('D1').find((one) => one.ts === ts)?.text).toBe(`x${parts.join('')}`);
        },
      ),
      { numRuns: 15 },
    );
  });
});
