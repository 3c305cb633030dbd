import { answer } from '../vendor-script';
import { startFakeOpenAi } from './server';

/**
 * The fake as a process of its own, for benchmarks: `ts-node -T test/fakes/openai/main.ts`, with FAKE_PORT,
 * FAKE_DELTAS (how many) and FAKE_TOKENS_PER_SECOND (0: all at once). It prints its base URL, key and model.
 */
async function main(): Promise<void> {
  const number = (name: string, usual: number): number => Number(process.env[name] ?? usual);
  const perSecond = number('FAKE_TOKENS_PER_SECOND', 0);
  const fake = await startFakeOpenAi({ port: number('FAKE_PORT', 0), remembersRequests: false });
  const deltas = Array.from({ length: number('FAKE_DELTAS', 60) }, (_, index) => `word${index} `);
  fake.usually(answer(deltas, { paceMs: perSecond > 0 ? 1_000 / perSecond : 0 }));
  console.log(JSON.stringify({ baseURL: fake.baseURL, apiKey: fake.apiKey, model: fake.model }));
}

void main();
