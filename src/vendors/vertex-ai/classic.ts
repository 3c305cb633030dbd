import type { VertexInit } from '@google-cloud/vertexai';
import { withFetch } from '../kit/scoped-fetch';
import { unannounced } from '../kit/unannounced';
import { systemContentOf, type VertexEndpoint, type VertexEngine } from './engine';

type AuthClient = NonNullable<NonNullable<VertexInit['googleAuthOptions']>['authClient']>;

/**
 * `@google-cloud/vertexai`, which asks through the global `fetch`, cannot be aborted and knows no other address: it
 * is given a `fetch` of its own for the time of a call (`docs/decisions/vertex-package.md`).
 */
export async function loadClassicEngine(place: VertexEndpoint): Promise<VertexEngine> {
  const [{ VertexAI }, { PassThroughClient }] = await Promise.all([
    import('@google-cloud/vertexai'),
    import('google-auth-library'),
  ]);
  // The package's own google-auth-library is an older one; all that it asks of a client is a token.
  const authClient = new PassThroughClient() as unknown as AuthClient;
  const client = unannounced(() => new VertexAI({ ...place, googleAuthOptions: { authClient } }));
  return {
    async ask(request, send) {
      const generative = client.getGenerativeModel({ model: request.model });
      const content = {
        ...systemContentOf(request),
        contents: request.contents.map(({ role, parts }) => ({ role, parts: [...parts] })),
        // As `@google/genai` sends it.
        generationConfig: {},
      };
      await withFetch(send, async () => {
        if (!request.streaming) return void (await generative.generateContent(content));
        const { response } = await generative.generateContentStream(content);
        // Nobody listens to it: an unhandled rejection would end the process.
        response.catch(() => {});
      });
    },
  };
}
