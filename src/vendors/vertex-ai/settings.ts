import { z } from 'zod';
import { url, word } from '../../model/setting-schemas';
import { type SettingsOf, setting, settingsPart } from '../../model/settings-part';
import { MODELS_MUST, models } from '../kit/models';

export const vertexAiSettings = settingsPart({
  names: {
    GOOGLE_CLOUD_PROJECT: setting(
      word.regex(/^[\w.:-]{1,64}$/u).optional(),
      'must be the id of a project',
      'my-project',
    ),
    GOOGLE_CLOUD_LOCATION: setting(
      word
        .regex(/^[a-z0-9-]+$/u)
        .max(40)
        .optional(),
      'must be a Vertex AI location',
      'asia-northeast1',
    ),
    VERTEX_MODEL: setting(models.optional(), MODELS_MUST, 'gemini-2.5-flash'),
    VERTEX_BASE_URL: setting(url.optional(), 'must be an http or https address', 'https://vertex-gateway.example.com'),
    VERTEX_SDK: setting(
      z.enum(['vertexai', 'genai']).default('vertexai'),
      'must be vertexai (@google-cloud/vertexai) or genai (@google/genai)',
      'genai',
    ),
  },
  addresses: ['VERTEX_BASE_URL'],
  read(env, fault) {
    const { VERTEX_MODEL: known, GOOGLE_CLOUD_PROJECT: project, GOOGLE_CLOUD_LOCATION: location } = env;
    if (known === undefined) return undefined;
    if (project === undefined) fault('GOOGLE_CLOUD_PROJECT', 'is required when VERTEX_MODEL is set');
    if (location === undefined) fault('GOOGLE_CLOUD_LOCATION', 'is required when VERTEX_MODEL is set');
    if (project === undefined || location === undefined) return undefined;
    return { project, location, models: known, baseURL: env.VERTEX_BASE_URL, engine: env.VERTEX_SDK };
  },
});

export type VertexAiSettings = SettingsOf<typeof vertexAiSettings>;
