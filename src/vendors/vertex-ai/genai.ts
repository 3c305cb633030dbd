import { scopedFetch, withFetch } from '../kit/scoped-fetch';
import { unannounced } from '../kit/unannounced';
import { systemContentOf, type VertexEndpoint, type VertexEngine } from './engine';

/** `@google/genai`, for Vertex AI. */
export async function loadGenAiEngine(place: VertexEndpoint): Promise<VertexEngine> {
  const [{ GoogleGenAI }, { PassThroughClient }] = await Promise.all([
    import('@google/genai'),
    import('google-auth-library'),
  ]);
  const { models } = unannounced(
    () =>
      new GoogleGenAI({
        vertexai: true,
        apiVersion: 'v1',
        ...place,
        googleAuthOptions: { authClient: new PassThroughClient() },
        // Without an address the environment's would count; the call's `fetch` puts its own in its place.
        httpOptions: { fetch: scopedFetch, baseUrl: 'https://aiplatform.googleapis.com' },
      }),
  );
  return {
    async ask(request, send) {
      const content = {
        model: request.model,
        contents: request.contents.map(({ role, parts }) => ({ role, parts: [...parts] })),
        config: {
          ...systemContentOf(request),
          // Else the package asks again by itself, in mid-answer.
          automaticContinuation: false,
        },
      };
      await withFetch(send, async () => {
        await (request.streaming ? models.generateContentStream(content) : models.generateContent(content));
      });
    },
  };
}
