import { COMMON_ERRORS } from '../kit/common-errors';
import { type ErrorTable, errorReaderOf } from '../kit/error-table';
import { vendorErrorOf } from '../kit/openai/errors';
import type { VendorError } from '../kit/vendor-error';

/**
 * What Mistral's own types of errors mean; the others are those of OpenAI. Source: "Error glossary",
 * docs.mistral.ai/resources/error-glossary; the type as reported.
 */
export const MISTRAL_ERRORS: ErrorTable = {
  codes: {
    // "Service tier capacity exceeded for this model.", with 429: the servers are full, whoever asks.
    overloaded: ['service_tier_capacity_exceeded'],
  },
};

const errors = errorReaderOf(MISTRAL_ERRORS, COMMON_ERRORS);

/** The id by which Mistral's support finds a request. */
export function requestIdIn(headers: Headers): string | null {
  return headers.get('mistral-correlation-id') ?? headers.get('x-kong-request-id');
}

/** What an error of OpenAI's SDK means where Mistral answers; `begun`: events had come. */
export function mistralErrorOf(error: unknown, begun: boolean): VendorError {
  return vendorErrorOf(error, begun, { errors, requestIdIn });
}
