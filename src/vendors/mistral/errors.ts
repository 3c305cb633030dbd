import { COMMON_ERRORS } from '../kit/common-errors';
import { type ErrorTable, errorReaderOf } from '../kit/error-table';
import type { SdkErrorReading } from '../kit/openai/errors';

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

/** How Mistral's failures are read. Its support finds a request by an id in a head of its own. */
export const MISTRAL_READING: SdkErrorReading = {
  errors: errorReaderOf(MISTRAL_ERRORS, COMMON_ERRORS),
  requestIdIn: (headers) => headers.get('mistral-correlation-id') ?? headers.get('x-kong-request-id'),
};
