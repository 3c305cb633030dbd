import { DatabaseSync } from 'node:sqlite';
import { createConsentHandler } from '../../src/consent/consent-handler';
import { sealText } from '../../src/model/text';
import { VENDOR_WORDS } from '../../src/vendors/registry';
import { consentBench, someone } from '../support/consent';

const origin = { surface: 'command', language: 'en' } as const;

/** What another process sees of somebody's standing each time that answers are told to end. */
async function seen(words: string, hold: boolean) {
  const bench = consentBench();
  const sightings: string[] = [];
  const elsewhere = new DatabaseSync(bench.path);
  const standing = (): string =>
    String(elsewhere.prepare("SELECT event FROM standings WHERE vendor = 'one'").get()?.event ?? 'nobody');
  const onWithdrawal = (): void => void sightings.push(standing());
  bench.store.ledger.onWithdrawal(onWithdrawal);
  const handler = createConsentHandler({ vendorWords: VENDOR_WORDS, ...bench.parts, noticeFirst: false, onWithdrawal });
  await handler.run(someone, sealText('on one'), origin);
  const holder = new DatabaseSync(bench.path);
  if (hold) holder.exec('BEGIN IMMEDIATE');
  const told = handler.run(someone, sealText(words), origin);
  for (let round = 0; round < 10; round += 1) await new Promise((resolve) => setImmediate(resolve));
  const whileHeld = [...sightings];
  if (hold) holder.exec('COMMIT');
  await told;
  holder.close();
  elsewhere.close();
  bench.remove();
  return { sightings, whileHeld };
}

describe('answers that a withdrawal ends', () => {
  it.each(['off one', 'off', 'erase confirm'])(
    'are told so when it is asked for, when it is acknowledged and after it, however long it waits: %s',
    async (words) => {
      const { sightings, whileHeld } = await seen(words, true);
      expect(whileHeld).toEqual(['granted']);
      const after = words === 'erase confirm' ? 'nobody' : 'withdrawn';
      expect(sightings).toEqual(['granted', after, after]);
    },
  );

  it('are told so before and after it where nothing holds it up', async () => {
    const { sightings } = await seen('off one', false);
    expect(sightings[0]).toBe('granted');
    expect(sightings.at(-1)).toBe('withdrawn');
  });
});
