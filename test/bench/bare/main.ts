/**
 * What the benchmark compares with: a bot as an engineer writes it in an afternoon. Bolt 5 and the `openai` SDK with
 * their defaults, streaming every delta; no consent, no redaction, no sanitising, no ledger.
 */
import { App } from '@slack/bolt';
import OpenAI from 'openai';

const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL, OPENAI_MODEL, PORT } = process.env;

const openai = new OpenAI();
const app = new App({
  ...(SLACK_BOT_TOKEN !== undefined && { token: SLACK_BOT_TOKEN }),
  ...(SLACK_SIGNING_SECRET !== undefined && { signingSecret: SLACK_SIGNING_SECRET }),
  clientOptions: { ...(SLACK_API_URL !== undefined && { slackApiUrl: SLACK_API_URL }) },
});

app.event('app_mention', async ({ event, client, context }) => {
  const streamer = client.chatStream({
    channel: event.channel,
    thread_ts: event.thread_ts ?? event.ts,
    recipient_team_id: context.teamId ?? '',
    recipient_user_id: event.user ?? '',
  });
  const stream = await openai.responses.create({ model: OPENAI_MODEL ?? '', input: event.text, stream: true });
  for await (const part of stream)
    if (part.type === 'response.output_text.delta') await streamer.append({ markdown_text: part.delta });
  await streamer.stop();
});

app.command('/dejiren-optin', async ({ ack }) => {
  await ack('Noted.');
});

void app.start(Number(PORT));
