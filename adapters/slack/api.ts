import { sendUnless } from '../../src/chat/withhold';
import type { Log } from '../../src/log/log';

/** What is needed of Bolt's `WebClient`. */
export interface SlackClient {
  apiCall(method: string, args: Record<string, unknown>): Promise<unknown>;
}

/** What came of a call to Slack's Web API. Slack's own error codes are stable words: "Errors" of each method. */
export type SlackResult =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  /** Slack refused the call. `code` is its error, e.g. `channel_not_found`. */
  | { readonly ok: false; readonly kind: 'refused'; readonly code: string }
  | { readonly ok: false; readonly kind: 'rate-limited'; readonly retryAfterMs: number }
  /** It is not known whether Slack did it. */
  | { readonly ok: false; readonly kind: 'unreachable' }
  /** It was not sent, for no more may be shown. */
  | { readonly ok: false; readonly kind: 'not-allowed' };

/** Calls Slack's Web API, each failure as a value. Never rejects, and logs a failure's code alone. */
export interface SlackApi {
  /** Nothing is sent once `unless` is aborted. */
  call(method: string, args: Record<string, unknown>, unless?: AbortSignal): Promise<SlackResult>;
}

export function createSlackApi(client: SlackClient, log: Log): SlackApi {
  return {
    async call(method, args, unless) {
      try {
        const body = await sendUnless(unless, () => client.apiCall(method, args));
        if (body === 'withheld') return { ok: false, kind: 'not-allowed' };
        return { ok: true, body: typeof body === 'object' && body !== null ? { ...body } : {} };
      } catch (error) {
        const result = failureOf(error);
        log.warn('slack-call-failed', { method, code: result.kind === 'refused' ? result.code : result.kind });
        return result;
      }
    },
  };
}

/** Source: `errors.ts` of @slack/web-api 8: the codes of its error classes. */
function failureOf(error: unknown): Exclude<SlackResult, { ok: true }> {
  const field = (of: unknown, key: string): unknown =>
    typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined;
  switch (field(error, 'code')) {
    case 'slack_webapi_platform_error': {
      const code = field(field(error, 'data'), 'error');
      if (code === 'ratelimited') return { ok: false, kind: 'rate-limited', retryAfterMs: 1_000 };
      return {
        ok: false,
        kind: 'refused',
        code: typeof code === 'string' && /^[\w.-]{1,64}$/u.test(code) ? code : 'unknown',
      };
    }
    case 'slack_webapi_rate_limited_error': {
      const seconds = Number(field(error, 'retryAfter'));
      return { ok: false, kind: 'rate-limited', retryAfterMs: seconds > 0 ? Math.min(seconds, 300) * 1_000 : 1_000 };
    }
    default:
      return { ok: false, kind: 'unreachable' };
  }
}
