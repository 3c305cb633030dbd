import { VendorError } from './vendor-error';

/** Hosts that are asked for tokens. The metadata server of Google's machines is asked by the library itself. */
export const GOOGLE_TOKEN_HOSTS = [
  'oauth2.googleapis.com',
  'sts.googleapis.com',
  'iamcredentials.googleapis.com',
] as const;

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/**
 * Tokens by Google's Application Default Credentials; a token is kept until shortly before it ends. `optional`: where
 * none are found there is no token. Rejects with a `VendorError` of the category `auth`.
 * Source: "How Application Default Credentials works", docs.cloud.google.com/docs/authentication.
 */
export function createGoogleTokens(
  send: typeof fetch,
  { optional }: { readonly optional: boolean },
): () => Promise<string | undefined> {
  let auth: Promise<{ getAccessToken(): Promise<string | null | undefined> }> | undefined;

  async function load() {
    const { GoogleAuth } = await import('google-auth-library');
    return new GoogleAuth({ scopes: [SCOPE], clientOptions: { transporterOptions: { fetchImplementation: send } } });
  }

  return async () => {
    auth ??= load();
    try {
      const token = await (await auth).getAccessToken();
      if (token) return token;
    } catch {
      if (!optional) throw new VendorError('auth');
      return undefined;
    }
    if (!optional) throw new VendorError('auth');
    return undefined;
  };
}
