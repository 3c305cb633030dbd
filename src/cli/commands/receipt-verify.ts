import { readJwks } from '../../proof/jws';
import { type ProofReading, readProof } from '../../proof/read-proof';
import { readSettings } from '../../settings/read-settings';
import { defineCommand } from '../command';
import { readInput } from '../input';
import { type Installation, installationOf, looking } from '../installation';
import { FileError } from '../output';
import { type LedgerFinding, lookUpRows, proofLines, proofStatus } from '../receipt';

/**
 * Asks nobody, and makes nothing: an auditor has a receipt and a set of keys, and maybe no dejiren at all. `jwks`: the
 * file with the public keys; without it, this installation's own.
 */
export const receiptVerify = defineCommand({
  usage: [
    'dejiren receipt verify FILE',
    'check a person’s receipt or export (-: from standard input; --jwks FILE: with these keys)',
  ],
  takes: ['jwks'],
  operands: 1,
  read: ({ jwks }, [file]) => (file === undefined ? undefined : { file, jwks }),
  async run({ file, jwks }, { print }) {
    const words = readInput(file);
    const given = jwks === undefined ? undefined : readJwks(readInput(jwks));
    if (jwks !== undefined && given === undefined) throw new FileError(`${jwks} is not a key set (JWKS).`);
    const own = ownInstallation(given !== undefined);
    if (given === undefined && own === undefined)
      throw new FileError('There is no dejiren in this folder to take the keys from. Give a key set with --jwks FILE.');
    const reading = await readProof(words, given ?? own?.keys.published ?? []);
    const finding = await lookUp(reading, own);
    print(...proofLines(reading, finding));
    return proofStatus(reading, finding);
  },
});

/** This installation, where there is one; whoever brings keys along may have settings that do not fit here. */
function ownInstallation(mayNotFit: boolean): Installation | undefined {
  try {
    return installationOf(readSettings());
  } catch (error) {
    if (mayNotFit) return undefined;
    throw error;
  }
}

async function lookUp(reading: ProofReading, own: Installation | undefined): Promise<LedgerFinding> {
  if (reading.kind === 'not-proven' || own?.keys.published.some(({ kid }) => kid === reading.kid) !== true)
    return { kind: 'not-at-hand' };
  return looking(own, async (store) => {
    if (store === undefined) return { kind: 'not-at-hand' };
    const chain = await store.ledger.verify();
    return chain.intact
      ? lookUpRows(reading.rows, store.audit.hashAt)
      : { kind: 'broken', code: chain.code, seq: chain.seq };
  });
}
