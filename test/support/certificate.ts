import { generateKeyPairSync, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BITS = 0x03;
const NULL = 0x05;
const OBJECT = 0x06;
const WORDS = 0x0c;
const TIME = 0x17;

/** A piece of DER. Source: X.690, "ASN.1 encoding rules". */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

/**
 * A certificate that signs itself, with its key, both PEM: RSA with SHA-256, of the first version, since nothing here
 * asks for extensions. Source: RFC 5280, section 4.1.
 */
export function makeCertificate(name = 'bot'): { certificate: string; privateKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const algorithm = der(SEQUENCE, der(OBJECT, Buffer.from('2a864886f70d01010b', 'hex')), der(NULL));
  const commonName = der(SEQUENCE, der(OBJECT, Buffer.from('550403', 'hex')), der(WORDS, Buffer.from(name)));
  const who = der(SEQUENCE, der(SET, commonName));
  const validity = der(SEQUENCE, der(TIME, Buffer.from('200101000000Z')), der(TIME, Buffer.from('491231235959Z')));
  const toBeSigned = der(
    SEQUENCE,
    der(INTEGER, Buffer.from([1])),
    algorithm,
    who,
    validity,
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(BITS, Buffer.from([0]), sign('sha256', toBeSigned, privateKey));
  const lines = der(SEQUENCE, toBeSigned, algorithm, signature).toString('base64').replace(/.{64}/gu, '$&\n').trim();
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
