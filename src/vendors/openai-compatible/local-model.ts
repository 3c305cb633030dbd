import { z } from 'zod';
import { Secret } from '../../model/secret';
import type { OpenAiCompatibleSettings } from './settings';

/** Ollama's port and LM Studio's. Sources: docs.ollama.com/api/openai-compatibility, lmstudio.ai/docs/api. */
export const LOCAL_MODEL_HOSTS = ['127.0.0.1:11434', '127.0.0.1:1234'] as const;

const WAIT_MS = 400;
const models = z.object({ data: z.array(z.object({ id: z.string().min(1).max(200) })).max(1_000) });

/** Looks for a model on this machine that can answer (an embedding model cannot), for at most {@link WAIT_MS} milliseconds. Never rejects. */
export async function findLocalModel(fetch_: typeof fetch): Promise<OpenAiCompatibleSettings | undefined> {
  const found = await Promise.all(LOCAL_MODEL_HOSTS.map((host) => ask(fetch_, `http://${host}/v1`)));
  return found.find((settings) => settings !== undefined);
}

async function ask(fetch_: typeof fetch, baseURL: string): Promise<OpenAiCompatibleSettings | undefined> {
  try {
    const response = await fetch_(`${baseURL}/models`, { signal: AbortSignal.timeout(WAIT_MS) });
    const speaker = models.parse(await response.json()).data.find(({ id }) => !/embed/iu.test(id));
    return speaker === undefined
      ? undefined
      : { baseURL, models: [speaker.id], images: false, apiKey: new Secret('none') };
  } catch {
    return undefined;
  }
}
