import { createEntraTokens } from '../../kit/entra-token';
import { VendorError } from './vendor-error';

/** {@link createEntraTokens} for a connector: rejects with a `VendorError` of the category `auth`. */
export function createVendorEntraTokens(send: typeof fetch): (scope: string) => Promise<string> {
  const tokens = createEntraTokens(send);
  return (scope) =>
    tokens(scope).catch(() => {
      throw new VendorError('auth');
    });
}
