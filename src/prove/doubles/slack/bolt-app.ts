import type { AddressInfo } from 'node:net';
import { App, type AppOptions, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { FakeSlack } from './fake-slack';

const quiet: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** A bare Bolt app that is connected to the fake, by its own receivers. */
export async function startBoltApp(
  slack: FakeSlack,
  mode: 'http' | 'socket',
  listen: (app: App) => void,
  { reconnectMs = 5_000, ...options }: Pick<AppOptions, 'ignoreSelf'> & { readonly reconnectMs?: number } = {},
) {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const common = { logger: quiet, processEventErrorHandler: async () => false };
  const receiver =
    mode === 'http'
      ? new HTTPReceiver({
          ...common,
          signingSecret: slack.signingSecret,
          port: 0,
          // Bolt only logs by then what was not acknowledged, and is not over before.
          unhandledRequestTimeoutMillis: 500,
        })
      : new SocketModeReceiver({
          ...common,
          appToken: slack.appToken,
          // The SDK also waits this long before it connects anew.
          clientPingTimeout: reconnectMs,
          installerOptions: { clientOptions },
        });
  const app = new App({
    ...options,
    token: slack.botToken,
    receiver,
    logger: quiet,
    clientOptions,
    convoStore: false,
    // Bolt would ask who it is by itself, and a test that ends before the answer would break it.
    tokenVerificationEnabled: false,
  });
  app.error(async () => undefined);
  listen(app);
  const started: unknown = await app.start();
  if (mode === 'http') {
    const { port } = (started as { address(): AddressInfo }).address();
    slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  }
  return { app, stop: async () => void (await app.stop()) };
}
