import type { VertexChunk, VertexEngine, VertexPlace } from './vertex-ai-engine';

/** `@google/genai`, for Vertex AI. */
export async function loadGenAiEngine(place: VertexPlace): Promise<VertexEngine> {
  const [{ GoogleGenAI }, { PassThroughClient }] = await Promise.all([
    import('@google/genai'),
    import('google-auth-library'),
  ]);
  return {
    async stream({ model, systemInstruction, contents }, send) {
      // A client holds no connection, and its `fetch` is the call's.
      const client = new GoogleGenAI({
        vertexai: true,
        apiVersion: 'v1',
        ...place,
        googleAuthOptions: { authClient: new PassThroughClient() },
        // Without an address the environment's would count; the call's `fetch` puts its own in its place.
        httpOptions: { fetch: send, baseUrl: 'https://aiplatform.googleapis.com' },
      });
      const chunks: AsyncIterable<VertexChunk> = await client.models.generateContentStream({
        model,
        contents: contents.map(({ role, parts }) => ({ role, parts: [...parts] })),
        config: { systemInstruction: { parts: [{ text: systemInstruction }] } },
      });
      return chunks;
    },
  };
}
