import { untilAborted } from '../../kit/wait';
import { VendorError } from '../kit/vendor-error';

/** Hosts that are asked for tokens. The metadata server of Google's machines is asked by the library itself. */
export const GOOGLE_TOKEN_HOSTS = [
  'oauth2.googleapis.com',
  'sts.googleapis.com',
  'iamcredentials.googleapis.com',
] as const;

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** Milliseconds for one request to a host of tokens, and for a token, tries of the library's own included. */
const REQUEST_MS = 10_000;
const TOKEN_MS = 20_000;

/** How the library says that there are no credentials at all, which is no failure of those that there are. */
const NONE = 'Could not load the default credentials';

interface Lookup {
  getAccessToken(): Promise<string | null | undefined>;
}

/**
 * Tokens by Google's Application Default Credentials; a token is kept until shortly before it ends. `optional`: where
 * none are found there is no token. Rejects with a `VendorError` of the category `auth`.
 * Source: "How Application Default Credentials works", docs.cloud.google.com/docs/authentication.
 */
export function createGoogleTokens(
  send: typeof fetch,
  { optional, tokenMs = TOKEN_MS }: { readonly optional: boolean; readonly tokenMs?: number },
): () => Promise<string | undefined> {
  let lookup: Promise<Lookup> | undefined;

  async function load(): Promise<Lookup> {
    const { GoogleAuth } = await import('google-auth-library');
    return new GoogleAuth({
      scopes: [SCOPE],
      // Else the library looks for a project, which a token does not need: it runs `gcloud`, and asks the machine.
      projectId: 'none',
      clientOptions: {
        transporterOptions: { fetchImplementation: bounded(send) },
        // Else the library writes tokens to its log at the environment's wish.
        useAuthRequestParameters: false,
      },
    });
  }

  return async () => {
    lookup ??= load();
    let late: AbortSignal | undefined;
    try {
      const credentials = await lookup;
      late = AbortSignal.timeout(tokenMs);
      const token = await untilAborted(credentials.getAccessToken(), late);
      if (token) return token;
    } catch (error) {
      // What hangs would be waited for by the next question as well.
      if (late?.aborted === true) lookup = undefined;
      else if (optional && error instanceof Error && error.message.startsWith(NONE)) return undefined;
    }
    throw new VendorError('auth');
  };
}

/** Our way out, for a library that waits for ever, and tells the machine's runtime. */
function bounded(send: typeof fetch): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.delete('x-goog-api-client');
    headers.set('user-agent', 'dejiren');
    return send(input, {
      ...(init?.method !== undefined && { method: init.method }),
      ...(init?.body !== undefined && { body: init.body }),
      headers,
      signal: AbortSignal.timeout(REQUEST_MS),
    });
  };
}
