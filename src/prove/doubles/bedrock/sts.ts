import { z } from 'zod';
import { refusal } from '../vendor-script';
import { type FakeVendor, startVendorServer } from '../vendor-server';

/** AWS STS on loopback: keys for a while, in exchange for a web identity. */
export interface FakeSts extends FakeVendor {
  readonly roleArn: string;
  /** The token of the web identity. */
  readonly identity: string;
  readonly sessionToken: string;
}

/** What it gives for the identity. */
export interface GivenKey {
  readonly keyId: string;
  readonly secret: string;
}

/**
 * Source: "AssumeRoleWithWebIdentity", docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 * (checked 2026-11-24).
 */
export async function startFakeSts({ keyId, secret }: GivenKey): Promise<FakeSts> {
  const roleArn = 'arn:aws:iam::123456789012:role/dejiren';
  const identity = 'web.identity.token';
  const sessionToken = 'session/token+fake==';
  const form = z.strictObject({
    Action: z.literal('AssumeRoleWithWebIdentity'),
    Version: z.literal('2011-06-15'),
    RoleArn: z.literal(roleArn),
    RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/u),
    WebIdentityToken: z.literal(identity),
  });

  const server = await startVendorServer({
    judge(request, rawBody) {
      const given = Object.fromEntries(new URLSearchParams(rawBody));
      if (request.method !== 'POST' || request.url !== '/' || !form.safeParse(given).success)
        return refusal(400, { code: 'InvalidIdentityToken', message: 'The token is not valid.' });
      return {
        kind: 'other',
        answer(response) {
          response.writeHead(200, { 'content-type': 'text/xml' });
          response.end(
            `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>${keyId}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/dejiren/session</Arn><AssumedRoleId>AROAFAKE:session</AssumedRoleId></AssumedRoleUser></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
          );
        },
      };
    },
    refuse(response, { status, code, message }) {
      response.writeHead(status, { 'content-type': 'text/xml' });
      response.end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
      );
    },
  });
  return { ...server, roleArn, identity, sessionToken };
}
