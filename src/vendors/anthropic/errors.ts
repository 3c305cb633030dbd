import { COMMON_ERRORS } from '../kit/common-errors';
import { type ErrorTable, errorReaderOf } from '../kit/error-table';
import { vendorErrorOf } from '../kit/openai/errors';
import type { VendorError } from '../kit/vendor-error';

const INVALID = /^invalidrequesterror$/u;

/**
 * What Anthropic's failures mean. Its types stand in `codes`; what it tells in words only is all of one type, and as it
 * was reported. Source: "Errors", platform.claude.com/docs/en/api/errors.
 */
export const ANTHROPIC_ERRORS: ErrorTable = {
  codes: {
    auth: ['authentication_error', 'permission_error'],
    configuration: ['not_found_error'],
    'context-too-long': ['request_too_large'],
    overloaded: ['api_error', 'overloaded_error'],
    quota: ['billing_error'],
    'rate-limited': ['rate_limit_error'],
    timeout: ['timeout_error'],
  },
  plain: ['invalid_request_error', 'conflict_error'],
  words: [
    // "prompt is too long: 208310 tokens > 200000 maximum", "input length and `max_tokens` exceed context limit: …"
    { code: INVALID, words: /prompt is too long|exceed context limit/iu, means: 'context-too-long' },
    // "Your credit balance is too low to access the Anthropic API.", "You have reached your specified API usage limits."
    { code: INVALID, words: /credit balance|API usage limits|spend(?:ing)? limit/iu, means: 'quota' },
    // "your organization or workspace must have data retention enabled": of models that are not to be had without.
    { code: INVALID, words: /data retention/iu, means: 'residency' },
    // Of a model that cannot be held to a geography, or a workspace that does not allow the one that was asked for.
    { code: INVALID, words: /inference_geo/iu, means: 'residency' },
    // "Output blocked by content filtering policy"
    { code: INVALID, words: /output blocked/iu, means: 'blocked-output' },
  ],
};

/** Of the SDK's errors, and of those that stand in an answer. */
export const ANTHROPIC_READER = errorReaderOf(ANTHROPIC_ERRORS, COMMON_ERRORS);

/** What an error of Anthropic's SDK means; `begun`: events had come. Its message is looked at, and never told. */
export function anthropicErrorOf(error: unknown, begun: boolean): VendorError {
  // Both SDKs are made by the same generator, and throw errors of the same names and fields.
  return vendorErrorOf(error, begun, { errors: ANTHROPIC_READER });
}
