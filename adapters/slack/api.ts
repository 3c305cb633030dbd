import type { Log } from '../../src/log/log';
import type { Link } from '../kit/link';
import { sendUnless } from '../kit/withhold';
import { codeOf, failureOf, isTokenGone, type SlackFailure } from './failures';

/** What is needed of Bolt's `WebClient`. */
export interface SlackClient {
  apiCall(method: string, args: Record<string, unknown>): Promise<unknown>;
}

/** What came of a call to Slack's Web API. */
export type SlackResult = { readonly ok: true; readonly body: Readonly<Record<string, unknown>> } | SlackFailure;

/** Calls Slack's Web API, each failure as a value. Never rejects, and logs a failure's code alone. */
export interface SlackApi {
  /** Nothing is sent once `unless` is aborted. */
  call(method: string, args: Record<string, unknown>, unless?: AbortSignal): Promise<SlackResult>;
}

/** `link`, where there is one, is told whether Slack answers. */
export function createSlackApi(client: SlackClient, log: Log, link?: Link): SlackApi {
  const heard = (failure?: SlackFailure): void => {
    if (failure?.kind === 'unreachable') link?.unanswered();
    else if (failure?.kind === 'refused' && isTokenGone(failure.code)) link?.lose(failure.code);
    else link?.works();
  };
  return {
    async call(method, args, unless) {
      try {
        const body = await sendUnless(unless, () => client.apiCall(method, args));
        if (body === 'withheld') return { ok: false, kind: 'not-allowed' };
        heard();
        return { ok: true, body: typeof body === 'object' && body !== null ? { ...body } : {} };
      } catch (error) {
        const failure = failureOf(error);
        heard(failure);
        log.warn('slack-call-failed', { method, code: codeOf(failure) });
        return failure;
      }
    },
  };
}
