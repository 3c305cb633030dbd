import { type ErrorTable, errorReaderOf } from './error-table';
import type { VendorErrorCategory } from './vendor-error';

/**
 * What the codes mean by which servers tell why they give no answer: OpenAI's, Azure's, Anthropic's, Google's and those
 * of servers and gateways that speak as they do. Sources: "Error codes", developers.openai.com/api/docs/guides; "Errors",
 * docs.anthropic.com/en/api; "google.rpc.Code", github.com/googleapis/googleapis.
 */
const MEANINGS: Readonly<Partial<Record<VendorErrorCategory, readonly string[]>>> = {
  quota: [
    ...['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active', 'quota_exceeded', 'billing_error'],
    ...[
      'insufficient_balance',
      'insufficient_credits',
      'insufficient_user_quota',
      'payment_required',
      'exceeded_quota',
    ],
    ...['exceeded_current_quota_error', 'ServiceQuotaExceededException'],
  ],
  'rate-limited': [
    ...['rate_limit_exceeded', 'rate_limit_error', 'rate_limited', 'rate_limit', 'ratelimit', 'too_many_requests'],
    ...['slow_down', 'RESOURCE_EXHAUSTED', 'throttled', 'throttling', 'throttling_error', 'ThrottlingException'],
    ...['TooManyRequestsException', 'rate_limit_reached_error', 'concurrency_limit_exceeded', 'request_limit_exceeded'],
  ],
  'context-too-long': [
    ...['context_length_exceeded', 'string_above_max_length', 'exceed_context_size_error', 'request_too_large'],
    ...['context_window_exceeded', 'ContextWindowExceededError', 'model_context_window_exceeded', 'input_too_long'],
    ...['max_tokens_exceeded', 'prompt_too_long'],
  ],
  'blocked-input': [
    ...['content_filter', 'content_policy_violation', 'invalid_prompt', 'bio_policy', 'misalignment_policy_violation'],
    ...['ResponsibleAIPolicyViolation', 'ContentPolicyViolationError', 'data_inspection_failed', 'moderation_blocked'],
    ...['content_blocked'],
  ],
  residency: ['data_residency_mismatch'],
  configuration: [
    ...['model_not_found', 'DeploymentNotFound', 'NOT_FOUND', 'not_found_error', 'NotFoundError', 'not_found'],
    ...['model_not_available', 'model_not_supported', 'UNIMPLEMENTED', 'FAILED_PRECONDITION', 'deployment_not_found'],
    ...['ResourceNotFoundException', 'invalid_model'],
  ],
  auth: [
    ...['invalid_api_key', 'authentication_error', 'AuthenticationError', 'UNAUTHENTICATED', 'PERMISSION_DENIED'],
    ...[
      'permission_error',
      'PermissionDeniedError',
      'unauthorized',
      'forbidden',
      'access_denied',
      'invalid_authentication',
    ],
    ...[
      'AccessDeniedException',
      'UnrecognizedClientException',
      'ExpiredTokenException',
      'invalid_authentication_error',
    ],
  ],
  timeout: [
    'timeout',
    'timeout_error',
    'request_timeout',
    'DEADLINE_EXCEEDED',
    'ModelTimeoutException',
    'gateway_timeout',
  ],
  overloaded: [
    ...[
      'server_error',
      'server_is_overloaded',
      'overloaded_error',
      'overloaded',
      'engine_overloaded',
      'internal_error',
    ],
    ...[
      'internal_server_error',
      'InternalServerError',
      'service_unavailable',
      'ServiceUnavailableError',
      'UNAVAILABLE',
    ],
    ...['INTERNAL', 'ABORTED', 'DATA_LOSS', 'api_error', 'engine_overloaded_error', 'bad_gateway'],
    ...[
      'ServiceUnavailableException',
      'InternalServerException',
      'ModelNotReadyException',
      'ModelStreamErrorException',
    ],
    ...['model_overloaded', 'vector_store_timeout', 'insufficient_system_resource', 'upstream_error', 'unavailable'],
  ],
};

/** Codes that mean what the status says, and tell the operator what to look at. */
const PLAIN = [
  ...['invalid_request_error', 'BadRequestError', 'bad_request', 'unsupported_value', 'unsupported_parameter'],
  ...['unknown_parameter', 'invalid_type', 'invalid_value', 'missing_required_parameter', 'invalid_parameter'],
  ...['invalid_parameter_error', 'unsupported_country_region_territory', 'decimal_above_max_value', 'invalid_image'],
  ...[
    'integer_above_max_value',
    'integer_below_min_value',
    'array_above_max_length',
    'empty_string',
    'unsupported_file',
  ],
  ...['OperationNotSupported', 'unsupported_api_version', 'invalid_organization', 'organization_not_found'],
  ...['model_deprecated', 'invalid_url', 'unknown_url', 'invalid_base64', 'unsupported_format', 'invalid_json'],
  ...[
    'UNKNOWN',
    'INVALID_ARGUMENT',
    'OUT_OF_RANGE',
    'ALREADY_EXISTS',
    'CANCELLED',
    'ValidationException',
    'tokens',
    'requests',
  ],
  ...['unsupported_operation', 'not_supported', 'UnsupportedParamsError', 'image_parse_error', 'invalid_argument'],
  ...['UnprocessableEntityError', 'validation_error', 'ModelErrorException', 'API_KEY_INVALID', 'BILLING_DISABLED'],
  ...['SERVICE_DISABLED', 'SECURITY_POLICY_VIOLATED', 'LOCATION_POLICY_VIOLATED', 'LOCATION_ORG_POLICY_VIOLATED'],
  ...['IAM_PERMISSION_DENIED', 'ACCESS_TOKEN_EXPIRED', 'CONSUMER_INVALID', 'RATE_LIMIT_EXCEEDED', 'model_incompatible'],
] as const;

/** What is the same with every server that speaks as one of them, and what gateways hand on. */
export const COMMON_ERRORS: ErrorTable = { codes: MEANINGS, plain: PLAIN };

/** Of servers that have no table of their own. */
export const COMMON_READER = errorReaderOf(COMMON_ERRORS);
