import type { ErrorTable } from '../kit/error-table';
import { vendorErrorOf } from '../kit/openai/errors';
import { readError } from '../kit/told-error';
import { COMMON_ERRORS } from '../kit/vendor-codes';
import { plainId, VendorError } from '../kit/vendor-error';

/**
 * What Mistral's own types of errors mean; the others are those of OpenAI. Source: "Error glossary",
 * docs.mistral.ai/resources/error-glossary; the type as reported.
 */
export const MISTRAL_ERRORS: ErrorTable = {
  ...COMMON_ERRORS,
  codes: {
    ...COMMON_ERRORS.codes,
    // "Service tier capacity exceeded for this model.", with 429: the servers are full, whoever asks.
    overloaded: [...(COMMON_ERRORS.codes.overloaded ?? []), 'service_tier_capacity_exceeded'],
  },
};

/** The id by which Mistral's support finds a request. */
export function requestIdIn(headers: Headers): string | null {
  return headers.get('mistral-correlation-id') ?? headers.get('x-kong-request-id');
}

/** What an error of OpenAI's SDK means where Mistral answers; `begun`: events had come. */
export function mistralErrorOf(error: unknown, begun: boolean): VendorError {
  const plain = vendorErrorOf(error, begun);
  const { status, retryAfterMs, vendorCode, refused } = plain;
  const headers = field(error, 'headers');
  const requestId = headers instanceof Headers ? plainId(requestIdIn(headers)) : plain.requestId;
  const isFull = readError(field(error, 'error')).codes.includes('service_tier_capacity_exceeded');
  return new VendorError(isFull ? 'overloaded' : plain.category, {
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(vendorCode !== undefined && { vendorCode }),
    ...(refused !== undefined && { refused }),
  });
}

function field(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined;
}
