import type { App, KnownEventFromType } from '@slack/bolt';
import { startBoltApp } from '../../../src/prove/doubles/slack/bolt-app';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../../../src/prove/doubles/slack/fake-slack';
import { APP_ID, BOT_USER, TEAM } from '../../../src/prove/doubles/slack/state';

const CHANNELS = [
  { id: 'C1', kind: 'public' },
  { id: 'CSHARED', kind: 'public', isExtShared: true },
  { id: 'D1', kind: 'im' },
] as const;

describe.each(['http', 'socket'] as const)('Bolt on the fake Slack by %s', (mode) => {
  const ends: (() => Promise<void>)[] = [];

  async function start(
    listen: (app: App) => void,
    { ignoreSelf = true, ...options }: FakeSlackOptions & { ignoreSelf?: boolean } = {},
  ): Promise<FakeSlack> {
    const slack = await startFakeSlack({ channels: CHANNELS, ...options });
    const { stop } = await startBoltApp(slack, mode, listen, { ignoreSelf });
    ends.push(async () => {
      await stop();
      await slack.close();
    });
    return slack;
  }

  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  it('tells of a mention, and shows what is said in reply', async () => {
    const bodies: unknown[] = [];
    const slack = await start((app) => {
      app.event('app_mention', async ({ event, say, body }) => {
        bodies.push(body);
        await say({ text: `heard ${event.user}`, thread_ts: event.ts });
      });
    });
    const { ts, delivery } = await slack.say({ channel: 'C1', user: 'U1', text: `<@${BOT_USER}> hello` });
    expect(delivery).toMatchObject({ status: 200 });
    await slack.until(() => slack.answers('C1').length === 1);
    expect(slack.visible('C1', ts).map(({ user, text, thread_ts }) => [user, text, thread_ts])).toEqual([
      ['U1', `<@${BOT_USER}> hello`, undefined],
      [BOT_USER, 'heard U1', ts],
    ]);
    expect(bodies[0]).toMatchObject({
      type: 'event_callback',
      team_id: TEAM,
      api_app_id: APP_ID,
      is_ext_shared_channel: false,
      authorizations: [{ team_id: TEAM, user_id: BOT_USER, is_bot: true, is_enterprise_install: false }],
      event: { type: 'app_mention', channel: 'C1', ts, event_ts: ts },
    });
  });

  it('tells nothing of a message in a channel that mentions nobody', async () => {
    const slack = await start(() => undefined);
    expect(await slack.say({ channel: 'C1', user: 'U1', text: 'among us' })).toMatchObject({ event: undefined });
  });

  it('tells of direct messages, their edits and their removal, and of the app’s own', async () => {
    const seen: KnownEventFromType<'message'>[] = [];
    const listen = (app: App): void => {
      app.event('message', async ({ event, say }) => {
        seen.push(event);
        if ('text' in event && event.text === 'first') await say('an answer');
      });
    };
    const slack = await start(listen, { ignoreSelf: false });
    const { ts } = await slack.say({ channel: 'D1', user: 'U1', text: 'first' });
    await slack.edit(ts, 'second');
    await slack.remove(ts);
    await slack.until(() => seen.length === 4);
    const kinds = seen.map((message) => ('bot_id' in message && message.bot_id ? 'own' : message.subtype));
    expect(kinds.sort()).toEqual(['message_changed', 'message_deleted', 'own', undefined].sort());
    expect(seen.find(({ subtype }) => subtype === 'message_changed')).toMatchObject({
      message: { text: 'second', edited: { user: 'U1' } },
      previous_message: { text: 'first' },
    });
  });

  it('marks mentions from a shared channel, from another workspace and from edits', async () => {
    const bodies: { is_ext_shared_channel?: boolean; event: object }[] = [];
    const slack = await start((app) => {
      app.event('app_mention', async ({ body }) => void bodies.push(body));
    });
    await slack.say({ channel: 'CSHARED', user: 'U1', text: `<@${BOT_USER}>` });
    await slack.until(() => bodies.length === 1);
    await slack.say({ channel: 'C1', user: 'U2', text: `<@${BOT_USER}>`, team: 'T0OTHER' });
    await slack.until(() => bodies.length === 2);
    await slack.edit(slack.put({ channel: 'C1', user: 'U1', text: 'x' }), `<@${BOT_USER}> x`);
    await slack.until(() => bodies.length === 3);
    expect(bodies.map(({ is_ext_shared_channel }) => is_ext_shared_channel)).toEqual([true, true, false]);
    expect(bodies[1]?.event).toMatchObject({ team: 'T0OTHER' });
    expect(bodies[2]?.event).toMatchObject({ edited: { user: 'U1' } });
  });

  it('delivers an event again with its id, the attempt and the reason', async () => {
    const tries: unknown[] = [];
    const slack = await start((app) => {
      app.event('app_mention', async ({ body, context }) => {
        tries.push([body.event_id, context.retryNum || 0, context.retryReason || '']);
      });
    });
    const { event } = await slack.say({ channel: 'C1', user: 'U1', text: `<@${BOT_USER}>` });
    await slack.until(() => tries.length === 1);
    if (event === undefined) throw new Error('no event');
    await slack.redeliver(event, 2, 'http_error');
    await slack.until(() => tries.length === 2);
    expect(tries).toEqual([
      [event.event_id, 0, ''],
      [event.event_id, 2, 'http_error'],
    ]);
  });

  it('streams through Bolt’s own streamer, and tells which streams Stop is meant for', async () => {
    let goOn = (): void => undefined;
    const pause = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const stopped: unknown[] = [];
    const slack = await start((app) => {
      app.event('app_mention', async ({ event, client, sayStream }) => {
        const session = { channel_id: event.channel, thread_ts: event.ts };
        await client.agents.sessions.setStatus({ ...session, status: 'processing' });
        const stream = sayStream({ buffer_size: 1 });
        await stream.append({ markdown_text: 'one ' });
        await pause;
        await stream.append({ markdown_text: 'two ' });
        await stream.stop({
          markdown_text: 'three',
          blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'below' } }],
        });
      });
      app.event('agent_session_stopped', async ({ event }) => void stopped.push(event));
    });
    const { ts } = await slack.say({ channel: 'C1', user: 'U1', text: `<@${BOT_USER}>` });
    await slack.until(() => slack.answers('C1', ts).length === 1);
    const [answer] = slack.answers('C1', ts);
    expect(answer).toMatchObject({ text: 'one ', streaming: true });
    await slack.sessionStopped('C1', 'U1', ts);
    await slack.until(() => stopped.length === 1);
    expect(stopped[0]).toMatchObject({ thread_ts: ts, streaming_message_ts: [answer?.ts] });
    goOn();
    await slack.until(() => answer?.streaming === false);
    expect(slack.visible('C1', ts).at(-1)?.text).toBe('one two three\nbelow');
    expect(slack.callsOf('chat.startStream')[0]?.args).toMatchObject({
      recipient_team_id: TEAM,
      recipient_user_id: 'U1',
      chunks: [{ type: 'markdown_text', text: 'one ' }],
    });
  });

  it('shows a command’s answer privately, and takes five more by its response_url', async () => {
    const refused: unknown[] = [];
    const slack = await start((app) => {
      app.command('/dejiren-optin', async ({ ack, respond, command }) => {
        await ack({ text: `you said ${command.text}` });
        await respond({ text: 'anew', replace_original: true });
        await respond('privately');
        await respond({ text: 'aloud', response_type: 'in_channel' });
        await respond('four');
        await respond('five');
        await respond('six').catch((error: { statusCode?: number }) => refused.push(error.statusCode));
      });
    });
    const card = await slack.command('U1', 'C1', 'on');
    await slack.until(() => refused.length === 1);
    expect(refused).toEqual([404]);
    expect(card).toMatchObject({ user: 'U1', channel: 'C1' });
    const own = slack.ephemerals.map(({ user, text }) => `${user}: ${text}`);
    // “anew” may come before the acknowledgement did, and then replaces nothing.
    expect(own).toEqual(expect.arrayContaining(['U1: anew', 'U1: privately', 'U1: four', 'U1: five']));
    expect(slack.visible('C1').map(({ text }) => text)).toEqual(['aloud']);
  });

  it('brings a press on a private card, by label or action id, and lets it be replaced or taken away', async () => {
    const button = (action_id: string, text: string) =>
      ({ type: 'button', action_id, value: 'v', text: { type: 'plain_text', text } }) as const;
    const elements = [button('yes', 'Yes'), button('no', 'No')];
    const card = (text: string) => [
      { type: 'markdown' as const, text },
      { type: 'actions' as const, elements },
    ];
    const bodies: unknown[] = [];
    const slack = await start((app) => {
      app.event('app_mention', async ({ client, event }) => {
        await client.chat.postEphemeral({ channel: event.channel, user: 'U1', text: 'card', blocks: card('Sure?') });
      });
      app.action('yes', async ({ ack, respond, body }) => {
        bodies.push(body);
        await ack();
        await respond({ replace_original: true, text: 'done', blocks: card('Done') });
      });
      app.action('no', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    await slack.say({ channel: 'C1', user: 'U1', text: `<@${BOT_USER}>` });
    await slack.until(() => slack.ephemerals.length === 1);
    const [shown] = slack.ephemerals;
    if (shown === undefined) throw new Error('no card');
    expect(await slack.press('U1', 'Yes', shown)).toMatchObject({ status: 200 });
    await slack.until(() => slack.seen(shown).startsWith('Done'));
    expect(bodies[0]).toMatchObject({
      type: 'block_actions',
      user: { id: 'U1' },
      container: { type: 'message', is_ephemeral: true, channel_id: 'C1', message_ts: shown.messageTs },
      actions: [{ type: 'button', action_id: 'yes', value: 'v' }],
    });
    await slack.press('U1', { actionId: 'no' }, shown);
    await slack.until(() => shown.deleted);
    await expect(slack.press('U1', 'Yes', shown)).rejects.toThrow('gone');
    expect(slack.visible('C1')).toHaveLength(1);
  });

  it('tells of an opened home, a joined member, another bot, and an uninstall', async () => {
    const seen: string[] = [];
    const slack = await start((app) => {
      app.event('app_home_opened', async ({ event }) => void seen.push(`home ${event.user} ${event.tab}`));
      app.event('app_uninstalled', async () => void seen.push('uninstalled'));
      app.event('app_mention', async ({ event }) => void seen.push(`mention ${event.subtype} ${event.bot_id}`));
    });
    await slack.appHomeOpened('U1', 'messages');
    await slack.botSays({ channel: 'C1', user: 'U9', text: `<@${BOT_USER}> loop` });
    expect(await slack.join('C1', 'U2')).toMatchObject({ event: undefined });
    await slack.appUninstalled();
    await slack.until(() => seen.length === 3);
    expect(seen.sort()).toEqual(['home U1 messages', 'mention bot_message B0OTHER', 'uninstalled']);
  });

  it('brings five hundred events at once', async () => {
    let count = 0;
    const slack = await start(
      (app) => {
        app.event('app_mention', async () => {
          count += 1;
        });
      },
      { record: false, ackWithinMs: 60_000 },
    );
    const told = await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        slack.say({ channel: 'C1', user: `U${index}`, text: `<@${BOT_USER}>` }),
      ),
    );
    await slack.until(() => count === 500);
    expect(told.every(({ delivery }) => delivery?.status === 200)).toBe(true);
    expect(slack.calls).toEqual([]);
  });
});
