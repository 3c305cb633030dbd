import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { DejirenError } from '../model/errors';

/** Hosts that are asked for tokens of Entra ID: the public cloud's, and the one of managed identities. */
export const ENTRA_HOSTS = ['login.microsoftonline.com', '169.254.169.254'] as const;

/**
 * Tokens of Entra ID by the usual chain: variables, workload identity, managed identity, the developer's tools. A
 * token is kept until shortly before it ends. Rejects with an {@link EntraError}.
 * Source: "DefaultAzureCredential", learn.microsoft.com/javascript/api/@azure/identity.
 */
export function createEntraTokens(
  send: typeof fetch,
  managedIdentityClientId?: string,
): (scope: string) => Promise<string> {
  const providers = new Map<string, Promise<() => Promise<string>>>();

  async function load(scope: string): Promise<() => Promise<string>> {
    const { DefaultAzureCredential, getBearerTokenProvider } = await import('@azure/identity');
    const credential = new DefaultAzureCredential({
      httpClient: httpClientOf(send),
      ...(managedIdentityClientId !== undefined && { managedIdentityClientId }),
    });
    return getBearerTokenProvider(credential, scope);
  }

  return async (scope) => {
    const known = providers.get(scope) ?? load(scope);
    providers.set(scope, known);
    try {
      return await (await known)();
    } catch {
      throw new EntraError();
    }
  };
}

/** Entra ID gave no token, or could not be asked: the SDK's words stay with the SDK. */
export class EntraError extends DejirenError<'entra', 'no-token'> {
  constructor() {
    super('EntraError', 'entra', 'no-token');
  }
}

/** The way out of Azure's SDK: ours. */
function httpClientOf(send: typeof fetch): HttpClient {
  return {
    async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
      const { createHttpHeaders } = await import('@azure/core-rest-pipeline');
      const { url, method, abortSignal, timeout } = request;
      const body = typeof request.body === 'string' ? request.body : undefined;
      const signals = [
        ...(abortSignal instanceof AbortSignal ? [abortSignal] : []),
        ...(timeout > 0 ? [AbortSignal.timeout(timeout)] : []),
      ];
      const response = await send(url, {
        method,
        headers: request.headers.toJSON(),
        ...(body !== undefined && { body }),
        ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
      });
      const headers = createHttpHeaders(Object.fromEntries(response.headers));
      return { request, status: response.status, headers, bodyAsText: await response.text() };
    },
  };
}
