import type { VertexInit } from '@google-cloud/vertexai';
import { fetchWithin, withFetch } from './scoped-fetch';
import type { VertexChunk, VertexEngine, VertexPlace } from './vertex-ai-engine';

type AuthClient = NonNullable<NonNullable<VertexInit['googleAuthOptions']>['authClient']>;

/**
 * `@google-cloud/vertexai`, which asks through the global `fetch`, cannot be aborted and knows no other address: it
 * is given a `fetch` of its own for the time of a call (`docs/decisions/vertex-package.md`).
 */
export async function loadClassicEngine(place: VertexPlace): Promise<VertexEngine> {
  const [{ VertexAI }, { PassThroughClient }] = await Promise.all([
    import('@google-cloud/vertexai'),
    import('google-auth-library'),
  ]);
  fetchWithin();
  // The package's own google-auth-library is an older one; all that it asks of a client is a token.
  const authClient = new PassThroughClient() as unknown as AuthClient;
  const client = new VertexAI({ ...place, googleAuthOptions: { authClient } });
  return {
    stream({ model, systemInstruction, contents }, send) {
      const generative = client.getGenerativeModel({ model });
      return withFetch(send, async (): Promise<AsyncIterable<VertexChunk>> => {
        const { stream, response } = await generative.generateContentStream({
          systemInstruction: { role: 'system', parts: [{ text: systemInstruction }] },
          contents: contents.map(({ role, parts }) => ({ role, parts: [...parts] })),
        });
        // It fails with the stream, and nobody listens: an unhandled rejection would end the process.
        response.catch(() => {});
        return stream;
      });
    },
  };
}
