/** A request as both of Google's packages send it. */
export interface VertexRequest {
  readonly model: string;
  readonly systemInstruction: string;
  readonly contents: readonly VertexContent[];
}

export interface VertexContent {
  readonly role: 'user' | 'model';
  readonly parts: readonly VertexPart[];
}

export type VertexPart =
  | { readonly text: string }
  | { readonly inlineData: { readonly mimeType: string; readonly data: string } };

/** What is read of a chunk: the packages' types for it differ, and the wire's are the same. */
export interface VertexChunk {
  readonly candidates?: readonly {
    readonly content?: { readonly parts?: readonly { readonly text?: string; readonly thought?: boolean }[] };
    readonly finishReason?: string;
  }[];
  readonly promptFeedback?: { readonly blockReason?: string };
  readonly usageMetadata?: {
    readonly promptTokenCount?: number;
    readonly candidatesTokenCount?: number;
    readonly thoughtsTokenCount?: number;
  };
  readonly responseId?: string;
}

/**
 * One of Google's packages. It asks through `send`, which knows the address, the credentials and when to hang up:
 * what the package would send on its own account is left out there.
 */
export interface VertexEngine {
  stream(request: VertexRequest, send: typeof fetch): Promise<AsyncIterable<VertexChunk>>;
}

export interface VertexPlace {
  readonly project: string;
  readonly location: string;
}

/** The instructions as `@google-cloud/vertexai` sends them, which names a role whatever it is given. */
export function systemContentOf({ systemInstruction }: VertexRequest): { role: string; parts: { text: string }[] } {
  return { role: 'system', parts: [{ text: systemInstruction }] };
}
