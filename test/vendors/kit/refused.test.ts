import { refusedIn } from '../../../src/vendors/kit/refused';

const said = (words: string, ...params: string[]) => refusedIn({ words, params });

describe('what a refusal is about', () => {
  it.each([
    // vLLM, TGI and llama.cpp hand on what the templates of Gemma, Mistral and Llama say.
    'System role not supported',
    'Jinja Exception: System role not supported',
    'Template error: invalid operation: System role not supported (in <string>:1)',
    'Only user and assistant roles are supported!',
    'Only user, assistant and tool roles are supported',
    'Conversation roles must alternate user/assistant/user/assistant/...',
    'After the optional system message, conversation roles must alternate user/assistant/user/assistant/...',
    'roles must alternate between "user" and "model"',
    'Error rendering prompt with jinja template: "Conversation roles must alternate user/assistant".',
    // Bedrock.
    'This model doesn’t support system messages. Try again without system messages or use a model that supports system messages.',
    "This model doesn't support the system prompt.",
    'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    // Google.
    'Developer instruction is not enabled for models/gemma-3-27b-it',
    'System instruction is not supported for this model.',
    // OpenAI and Azure.
    "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
    "Invalid value: 'system'. Supported values are: 'user' and 'assistant'. (role)",
    "Input should be 'user' or 'assistant': role 'system'",
    'The first message must be from the user.',
  ])('knows instructions that may not stand apart: %s', (words) => {
    expect(said(words)).toBe('system-role');
  });

  it.each([
    'The model is unsupported for streaming.',
    "This model doesn't support streaming.",
    'Streaming is not supported for this model',
    'Your organization must be verified to stream this model. Please go to: https://platform.openai.com/settings',
    "Unsupported value: 'stream' does not support true with this model.",
    'stream=True is not allowed',
    'This endpoint supports non-streaming requests only',
  ])('knows answers that may not be streamed: %s', (words) => {
    expect(said(words)).toBe('streaming');
  });

  it.each([
    ['Unrecognized request argument supplied: stream_options', 'stream-options'],
    ['stream_options is not supported', 'stream-options'],
    ["Unknown parameter: 'safety_identifier'.", 'safety-identifier'],
    ["Unknown parameter: 'store'.", 'store'],
    ['Unrecognized request argument supplied: store', 'store'],
    ['max_tokens is required', 'max-tokens'],
    ['Missing required parameter: max_tokens', 'max-tokens'],
    ['max_completion_tokens must be set', 'max-completion-tokens'],
    [
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'max-completion-tokens',
    ],
    ["Unrecognized argument 'max_completion_tokens'. Use 'max_tokens' instead.", 'max-tokens'],
  ])('knows parameters: %s', (words, refused) => {
    expect(said(words)).toBe(refused);
  });

  it.each([
    ['stream_options', 'Extra inputs are not permitted', 'stream-options'],
    ['stream', 'Unsupported value', 'streaming'],
    ['safety_identifier', 'Unknown parameter', 'safety-identifier'],
    ['messages[0].role', 'Unsupported value', 'system-role'],
    ['instructions', 'Unsupported parameter', 'system-role'],
    ['max_tokens', 'Field required', 'max-tokens'],
  ])('knows the parameter that it names: %s', (param, words, refused) => {
    expect(said(words, param)).toBe(refused);
  });

  it.each([
    'Invalid request.',
    'Your request was rejected by our system.',
    'The system is overloaded',
    'temperature must be at most 1',
    'There is no store near you',
    'How do I stream a film from the living room?',
    'What is the role of a director?',
  ])('knows nothing of: %s', (words) => {
    expect(said(words)).toBeUndefined();
  });
});
