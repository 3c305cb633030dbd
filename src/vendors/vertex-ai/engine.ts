/** A request as both of Google's packages send it. */
export interface VertexRequest {
  readonly model: string;
  /** Undefined where the instructions stand in the contents. */
  readonly systemInstruction: string | undefined;
  /** `false`: the answer comes whole. */
  readonly streaming: boolean;
  readonly contents: readonly VertexContent[];
}

export interface VertexContent {
  readonly role: 'user' | 'model';
  readonly parts: readonly VertexPart[];
}

export type VertexPart =
  | { readonly text: string }
  | { readonly inlineData: { readonly mimeType: string; readonly data: string } };

/**
 * One of Google's packages. It asks through `send`, which knows the address, the credentials and when to hang up:
 * what the package would send on its own account is left out there. The answer is not the package's: `send` keeps it,
 * and gives the package one without events (`docs/decisions/vertex-package.md`).
 */
export interface VertexEngine {
  /** Resolves once `send` has the answer. */
  ask(request: VertexRequest, send: typeof fetch): Promise<void>;
}

export interface VertexEndpoint {
  readonly project: string;
  readonly location: string;
}

/** The instructions as `@google-cloud/vertexai` sends them, which names a role whatever it is given. */
export function systemContentOf({ systemInstruction }: VertexRequest): {
  readonly systemInstruction?: { role: string; parts: { text: string }[] };
} {
  if (systemInstruction === undefined) return {};
  return { systemInstruction: { role: 'system', parts: [{ text: systemInstruction }] } };
}
