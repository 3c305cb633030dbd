import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may sign, and for which Region. */
export interface SigningKey {
  readonly keyId: string;
  readonly secret: string;
  readonly region: string;
}

/**
 * Whether a request is signed rightly with this key, for this Region, and all of it that a signature must hold.
 * Source: "Create a signed AWS API request", docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
 */
export function isSigned(request: IncomingMessage, body: string, { keyId, secret, region }: SigningKey): boolean {
  const { authorization = '', 'x-amz-date': date } = request.headers;
  const parsed =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([\w-]+)\/bedrock\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/u.exec(
      authorization,
    );
  if (parsed === null || typeof date !== 'string') return false;
  const [, id, day = '', where, names = '', signature] = parsed;
  if (id !== keyId || where !== region || !date.startsWith(day)) return false;
  const signed = names.split(';');
  const mustBe = Object.keys(request.headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (!mustBe.every((name) => signed.includes(name))) return false;
  if (request.headers['x-amz-content-sha256'] !== sha256(body)) return false;
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const canonical = [
    request.method,
    path.split('/').map(encodeURIComponent).join('/'),
    query,
    ...signed.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const scope = `${day}/${region}/bedrock/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = [day, region, 'bedrock', 'aws4_request'].reduce<string | Buffer>(
    (before, part) => createHmac('sha256', before).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac('sha256', key).update(toSign).digest('hex') === signature;
}

function sha256(words: string): string {
  return createHash('sha256').update(words).digest('hex');
}
