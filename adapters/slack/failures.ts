import { field } from '../../src/kit/field';
/** Why a call to Slack's Web API brought nothing. Slack's own error codes are stable words: "Errors" of each method. */
export type SlackFailure =
  /** Slack refused the call. `code` is its error, e.g. `channel_not_found`. */
  | { readonly ok: false; readonly kind: 'refused'; readonly code: string }
  | { readonly ok: false; readonly kind: 'rate-limited'; readonly retryAfterMs: number }
  /** It is not known whether Slack did it. `code` where Slack itself says that it does not know. */
  | { readonly ok: false; readonly kind: 'unreachable'; readonly code?: string }
  /** It was not sent, for no more may be shown. */
  | { readonly ok: false; readonly kind: 'not-allowed' };

/** Refusals of the token itself: nothing helps until somebody sets another one, or installs the app again. */
const TOKEN: ReadonlySet<string> = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'user_removed_from_team',
  'team_disabled',
]);
/** Refusals of a token that is another one than it was set for. */
const WRONG_TOKEN: ReadonlySet<string> = new Set(['not_allowed_token_type', 'missing_scope', 'no_permission']);
/** Slack's own trouble: "It's possible some aspect of the operation succeeded", says docs.slack.dev of each. */
const SLACKS_TROUBLE: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
]);
const LONGEST_RETRY_AFTER_MS = 300_000;

/** Source: `errors.ts` of @slack/web-api 8: the codes of its error classes. */
export function failureOf(error: unknown): SlackFailure {
  switch (field(error, 'code')) {
    case 'slack_webapi_platform_error': {
      const code = field(field(error, 'data'), 'error');
      if (typeof code === 'string' && SLACKS_TROUBLE.has(code)) return { ok: false, kind: 'unreachable', code };
      if (code === 'ratelimited') return { ok: false, kind: 'rate-limited', retryAfterMs: 1_000 };
      return {
        ok: false,
        kind: 'refused',
        code: typeof code === 'string' && /^[\w.-]{1,64}$/u.test(code) ? code : 'unknown',
      };
    }
    case 'slack_webapi_rate_limited_error': {
      const ms = Number(field(error, 'retryAfter')) * 1_000;
      return { ok: false, kind: 'rate-limited', retryAfterMs: ms > 0 ? Math.min(ms, LONGEST_RETRY_AFTER_MS) : 1_000 };
    }
    default:
      return { ok: false, kind: 'unreachable' };
  }
}

/** The failure in one word, for the log and for `/readyz`. */
export function codeOf(failure: SlackFailure): string {
  return 'code' in failure && failure.code !== undefined ? failure.code : failure.kind;
}

/** Whether the token counts for nothing any more. */
export function isTokenGone(code: string): boolean {
  return TOKEN.has(code);
}

/** Whether a start is to stop here: only another setting helps, and no waiting. */
export function isWrongToken(code: string | undefined): boolean {
  return code !== undefined && (isTokenGone(code) || WRONG_TOKEN.has(code));
}
