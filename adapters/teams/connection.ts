import type { Log } from '../../src/log/log';
import type { LinkState } from '../../src/model/link';
import { createLink, type Link } from '../kit/link';
import { type BotTokens, TokenRefusedError } from './bot-tokens';
import type { TokenCheck } from './token-check';

export interface ConnectionParts {
  /** Undefined in both: no authentication, for a client on this machine. */
  readonly check: TokenCheck | undefined;
  readonly tokens: BotTokens | undefined;
  /** What the bot's tokens are for. */
  readonly scope: string;
  readonly readsChats: boolean;
  readonly fetch: typeof fetch;
  readonly log: Log;
  readonly now: () => number;
}

/** The ways to Teams: Entra ID's tokens, the keys of Teams' own, the Bot Connector, and Graph. Each is kept watch over. */
export interface Connection {
  readonly links: readonly LinkState[];
  /** Answers come by it. */
  readonly connector: Link;
  /** Chats are read by it; without it questions are answered without what was said before. */
  readonly graph: Link;
  /** A token for the Bot Connector. Undefined where none is asked for. */
  readonly token: (() => Promise<string>) | undefined;
  /** `check`, watched. */
  readonly check: TokenCheck | undefined;
  /**
   * Tries the ways for the first time, and goes on where they are not there: `onUp` is told when there is a token.
   * Resolves to whether Entra ID refused the app's credential, against which no waiting helps.
   */
  open(onUp: () => void): Promise<'tried' | 'refused'>;
  /** Where the Bot Connector was spoken to last: there it is looked for when it is lost. */
  at(serviceUrl: string): void;
  close(): void;
}

const PROBE_MS = 10_000;
/** Entra ID refused the credential itself. 429 and 5xx are to come again. */
const CREDENTIAL_REFUSED: ReadonlySet<number> = new Set([400, 401, 403]);

export function createConnection(parts: ConnectionParts): Connection {
  const { check, tokens, scope, fetch, log, now } = parts;
  const about = { platform: 'teams', log, now } as const;
  let serviceUrl: string | undefined;
  let onToken: () => void = () => {};

  const entra = createLink({ ...about, name: 'token', needed: true, probe: () => askForToken() });
  const keys = createLink({ ...about, name: 'keys', needed: true, probe: () => lookForKeys() });
  const connector = createLink({ ...about, name: 'connector', needed: true, trusted: true, probe: () => knock() });
  const graph = createLink({ ...about, name: 'graph', needed: false, trusted: true });

  const token =
    tokens &&
    (async (): Promise<string> => {
      try {
        const given = await tokens(scope);
        entra.works();
        return given;
      } catch (error) {
        if (error instanceof TokenRefusedError && CREDENTIAL_REFUSED.has(error.status)) entra.lose('refused');
        else entra.unanswered();
        throw error;
      }
    });

  async function askForToken(): Promise<void> {
    await token?.().then(onToken, () => {});
  }

  async function lookForKeys(): Promise<void> {
    if ((await check?.haveKeys()) === false) keys.lose('unreachable');
    else keys.works();
  }

  /** Whatever it answers, it is there. */
  async function knock(): Promise<void> {
    if (serviceUrl === undefined) return;
    try {
      const response = await fetch(serviceUrl, { signal: AbortSignal.timeout(PROBE_MS) });
      await response.body?.cancel();
      if (response.status < 500) connector.works();
    } catch {
      connector.unanswered();
    }
  }

  return {
    links: [
      ...(tokens === undefined ? [] : [entra]),
      ...(check === undefined ? [] : [keys]),
      connector,
      ...(parts.readsChats ? [graph] : []),
    ],
    connector,
    graph,
    token,
    check: check && {
      ...check,
      async verdictOn(authorization, channelId) {
        const verdict = await check.verdictOn(authorization, channelId);
        if (verdict.kind === 'unknown') keys.lose('unreachable');
        if (verdict.kind === 'holds') keys.works();
        return verdict;
      },
    },
    async open(onUp) {
      onToken = onUp;
      if (token === undefined) onUp();
      void lookForKeys();
      await askForToken();
      return entra.lost === 'refused' ? 'refused' : 'tried';
    },
    at(url) {
      serviceUrl = url;
    },
    close() {
      for (const link of [entra, keys, connector, graph]) link.close();
    },
  };
}
