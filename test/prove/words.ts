import type { Door, Outcome, ProvenVendor } from './plan';

/** What people call the parts of the matrix. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  answer: 'an answer',
  refusal: 'refused (400)',
  echo: 'refused, echoing the question',
  'server-error': 'server error (500)',
  reset: 'connection reset in mid-answer',
  malformed: 'malformed chunk',
  stop: 'Stop in mid-answer',
  timeout: 'silence in mid-answer',
  withdrawal: 'withdrawal in mid-answer',
};

export const VENDOR_WORDS: Readonly<Record<ProvenVendor, string>> = {
  openai: 'OpenAI',
  'azure-openai': 'Azure OpenAI',
  'vertex-ai': 'Vertex AI',
  bedrock: 'Bedrock',
  'openai-compatible': 'OpenAI-compatible',
};

export const DOOR_WORDS: Readonly<Record<Door, string>> = {
  'slack-http': 'Slack, HTTP',
  'slack-socket': 'Slack, Socket Mode',
  teams: 'Teams',
  local: 'local page',
};
