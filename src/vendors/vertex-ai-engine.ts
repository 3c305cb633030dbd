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
