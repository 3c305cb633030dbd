import type { ConsentView } from '../../src/consent/consent';
import { createNotice, type Notice, wordingHashOf } from '../../src/consent/notice';
import { COPY_CHARACTERS, RECEIPT_CHARACTERS } from '../../src/model/card';
import { sealText } from '../../src/model/text';
import { readJws } from '../../src/proof/jws';
import { readProof } from '../../src/proof/read-proof';
import { DATA_HANDLING } from '../../src/vendors/registry';
import { aNotice, consentBench, keys, START, someone } from '../support/consent';

/** The words of DPV 2.3 that are used, as w3id.org/dpv and its lists of terms have them. */
const DPV = new Set(
  `dpv:ConsentReceipt dpv:ConsentRecord dpv:ConsentNotice dpv:ConsentGiven dpv:ConsentWithdrawn dpv:ConsentRequested
  dpv:ExpressedConsent dpv:WithdrawConsent dpv:DataSubject dpv:DataController dpv:Organisation dpv:Recipient
  dpv:ThirdParty dpv:StorageLocation dpv:StorageDuration dpv:UntilTimeDuration dpv:UntilEventDuration
  dpv:RequestedServiceProvision dpv:ImproveExistingProductsAndServices dpv:hasRecordOfActivity dpv:hasDataSubject
  dpv:hasNotice dpv:hasPurpose dpv:hasPersonalData dpv:hasDataController dpv:hasName dpv:hasContact dpv:hasRecipient
  dpv:hasRecipientThirdParty dpv:hasStorageCondition dpv:hasLocation dpv:hasJurisdiction dpv:hasConsentControl
  dpv:isExercisedAt dpv:hasLegalBasis dpv:hasConsentStatus dpv:isIndicatedAtTime dpv:isIndicatedBy
  dpv:hasIndicationMethod dpv:hasDuration pd:Communication loc:JP loc:US loc:EU`.split(/\s+/u),
);

/** Every word with a prefix in a document, wherever it stands. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^(dpv|pd|loc):\w+$/u.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...wordsIn(key), ...wordsIn(inner)]);
}

function jwsOf(view: ConsentView): string {
  if (view.kind === 'receipt' && view.signed !== undefined) return view.signed.jws;
  if (view.kind === 'export' && view.part !== undefined) return view.part.jws;
  throw new Error('nothing was signed');
}

async function payloadOf(jws: string): Promise<Record<string, unknown>> {
  const read = await readJws(jws, keys.published);
  if (!read.signed) throw new Error(read.code);
  return read.payload as Record<string, unknown>;
}

describe('a receipt', () => {
  let bench: ReturnType<typeof consentBench>;
  const start = (wish: Parameters<typeof consentBench>[0] = {}): void => {
    bench = consentBench(wish);
  };
  afterEach(() => bench.remove());
  const type = (words: string, who = someone) =>
    bench.handler.run(who, sealText(words), { surface: 'command', language: 'en' });
  const receiptOf = async (words = 'receipt') => payloadOf(jwsOf(await type(words)));
  const recordsOf = async (words?: string) =>
    (await receiptOf(words))['dpv:hasRecordOfActivity'] as Record<string, unknown>[];

  it('has every field of ISO/IEC TS 27560, in the words of DPV, and what is ours beside', async () => {
    start();
    await type('on one');
    bench.setNow(START + 1_000);
    const receipt = await receiptOf();
    const [row] = (await bench.store.ledger.history(someone)).map((one) => one.row);
    const notice = aNotice('one');
    expect(receipt).toEqual({
      '@context': expect.objectContaining({ dpv: 'https://w3id.org/dpv#', '@vocab': 'urn:dejiren:' }),
      '@id': `urn:uuid:${receipt['dct:identifier']}`,
      '@type': 'dpv:ConsentReceipt',
      'dct:conformsTo': { '@id': 'https://w3id.org/dpv/schema/dpv-27560#receipt' },
      'dct:identifier': expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u),
      'dct:created': '2026-06-01T00:00:01.000Z',
      installation: keys.installation,
      'dpv:hasRecordOfActivity': [
        {
          '@id': `urn:dejiren:record:${row?.hash}`,
          '@type': 'dpv:ConsentRecord',
          'dct:conformsTo': { '@id': 'https://w3id.org/dpv/schema/dpv-27560#record' },
          'dct:identifier': row?.hash,
          'dpv:hasDataSubject': { '@id': `urn:dejiren:subject:${row?.subject}`, 'dct:identifier': row?.subject },
          'dpv:hasNotice': {
            '@id': `urn:dejiren:notice:${notice.id}`,
            '@type': 'dpv:ConsentNotice',
            'dct:identifier': notice.id,
            'dct:language': 'en',
            wordingHash: wordingHashOf(notice, 'en'),
          },
          'dpv:hasPurpose': {
            '@type': 'dpv:RequestedServiceProvision',
            'dct:title': expect.stringContaining('questions'),
          },
          'dpv:hasPersonalData': {
            '@type': 'pd:Communication',
            'dct:description': expect.stringContaining('questions'),
          },
          'dpv:hasDataController': {
            '@id': 'urn:dejiren:controller',
            '@type': ['dpv:Organisation', 'dpv:DataController'],
            'dct:identifier': 'controller',
            'dpv:hasName': 'Example Bank',
            'dpv:hasContact': 'privacy@example.com',
          },
          'dpv:hasRecipient': {
            '@id': 'urn:dejiren:vendor:one',
            '@type': ['dpv:Organisation', 'dpv:Recipient'],
            'dct:identifier': 'one',
            'dpv:hasName': 'Vendor one',
            'dpv:hasContact': 'https://vendor.example/privacy',
          },
          'dpv:hasRecipientThirdParty': { '@type': 'dpv:ThirdParty', 'dct:description': 'The notice does not say' },
          'dpv:hasStorageCondition': [
            {
              '@type': 'dpv:StorageLocation',
              'dpv:hasLocation': { '@id': 'loc:JP' },
              'dct:description': 'The notice does not say',
            },
            { '@type': 'dpv:StorageDuration', 'dct:description': 'The notice does not say' },
          ],
          'dpv:hasJurisdiction': { '@id': 'loc:JP' },
          'dpv:hasConsentControl': { '@type': 'dpv:WithdrawConsent', 'dpv:isExercisedAt': '/dejiren-optin off one' },
          'dpv:hasLegalBasis': { '@id': 'dpv:ExpressedConsent' },
          'dpv:hasConsentStatus': {
            '@type': 'dpv:ConsentGiven',
            'dpv:isIndicatedAtTime': '2026-06-01T00:00:00.000Z',
            'dpv:isIndicatedBy': { '@id': `urn:dejiren:subject:${row?.subject}` },
            'dpv:hasIndicationMethod': 'command',
            'dpv:hasDuration': { '@type': 'dpv:UntilTimeDuration', 'rdf:value': '2027-06-01T00:00:00.000Z' },
          },
          platform: 'slack',
          tenant: 'T1',
          vendor: 'one',
          purpose: 'use',
          event: 'granted',
          region: 'jp',
          endpoint: 'one.example',
          model: 'm',
          context: 'own',
          surface: 'command',
          language: 'en',
          actor: 'self',
          mode: 'opt-in',
          ledger: { seq: 1, previous: '0'.repeat(64), hash: row?.hash },
        },
      ],
    });
  });

  it('uses no word of DPV that there is not', async () => {
    start({ notices: [aNotice('one', {}, { sharesForTraining: true })] });
    const { notice } = await bench.gate.check(someone, 'one', 'C1');
    await bench.handler.noticeShown(someone, aNotice('one', {}, { sharesForTraining: true }), {
      surface: 'card',
      language: 'ja',
    });
    const shown = await receiptOf();
    await bench.handler.act(
      someone,
      { do: 'grant', vendor: 'one', noticeId: notice?.id ?? '', training: true },
      { surface: 'button', language: 'ja' },
    );
    const granted = await receiptOf();
    await type('off one');
    for (const document of [shown, granted, await receiptOf(), await payloadOf(jwsOf(await type('export')))]) {
      const words = wordsIn(document);
      expect(words.length).toBeGreaterThan(3);
      expect(words.filter((word) => !DPV.has(word))).toEqual([]);
    }
  });

  it('calls a notice that was shown no consent', async () => {
    start({ policy: { mode: () => 'opt-out' } });
    await bench.handler.noticeShown(someone, aNotice('one'), { surface: 'card', language: 'en' });
    const [record] = await recordsOf();
    expect(record).toMatchObject({
      event: 'notice-shown',
      mode: 'opt-out',
      'dpv:hasConsentStatus': { '@type': 'dpv:ConsentRequested' },
    });
    expect(record).not.toHaveProperty('dpv:hasLegalBasis');
  });

  it('proves a withdrawal after it, and the agreement to training beside the one to use', async () => {
    start({ notices: [aNotice('one', {}, { sharesForTraining: true })] });
    const { notice } = await bench.gate.check(someone, 'one', 'C1');
    const tick = { do: 'grant', vendor: 'one', noticeId: notice?.id ?? '', training: true } as const;
    await bench.handler.act(someone, tick, { surface: 'button', language: 'en' });
    expect((await recordsOf()).map(({ purpose, event }) => [purpose, event])).toEqual([
      ['use', 'granted'],
      ['training', 'granted'],
    ]);
    await type('off one');
    expect((await recordsOf()).map(({ event }) => event)).toEqual(['withdrawn', 'withdrawn']);
  });

  it('is for the vendor that is named, else for the one in effect, else for the last', async () => {
    start();
    await type('on two');
    expect(await type('receipt')).toMatchObject({ signed: { vendor: 'two' } });
    await type('on one');
    expect(await type('receipt')).toMatchObject({ signed: { vendor: 'one', vendorName: 'Vendor one' } });
    expect(await type('receipt two')).toMatchObject({ receipts: [{ vendor: 'two' }], signed: { vendor: 'two' } });
    expect(await type('receipt three')).toEqual({ kind: 'vendor-unknown', vendors: ['one', 'two'] });
    expect(await type('receipt', { ...someone, id: 'U2' })).toMatchObject({ receipts: [], signed: undefined });
  });

  it('is in the language that the person decided in', async () => {
    start();
    await bench.handler.run(someone, sealText('オン'), { surface: 'command', language: 'ja' });
    const [record] = await recordsOf();
    expect(record?.['dpv:hasPurpose']).toMatchObject({ 'dct:title': '本人の質問への回答' });
    expect(record?.['dpv:hasNotice']).toMatchObject({
      'dct:language': 'ja',
      wordingHash: wordingHashOf(aNotice('one'), 'ja'),
    });
  });

  it('says so where the notice is not on record any more', async () => {
    start();
    await type('on two');
    bench.close();
    bench = consentBench({ folder: bench.folder, notices: [aNotice('one')] });
    await type('off two');
    const [record] = await recordsOf('receipt two');
    expect(record).toMatchObject({
      event: 'withdrawn',
      endpoint: '',
      'dpv:hasJurisdiction': 'No longer on record',
      'dpv:hasRecipient': { 'dpv:hasName': 'two' },
    });
  });

  it('is read again as what was decided', async () => {
    start();
    await type('on');
    const [row] = (await bench.store.ledger.history(someone)).map((one) => one.row);
    expect(await readProof(jwsOf(await type('receipt')), keys.published)).toMatchObject({
      kind: 'receipt',
      kid: keys.current.jwk.kid,
      records: [{ event: 'granted', vendor: 'one' }],
      rows: [{ seq: 1, hash: row?.hash }],
    });
  });
});

const VENDORS = [...DATA_HANDLING.keys()];

function builtIn(vendor: string): Notice {
  const handling = DATA_HANDLING.get(vendor);
  if (handling === undefined) throw new Error(vendor);
  const model = 'm'.repeat(200);
  const route = { vendor, endpoint: 'a-long-host-name.'.repeat(8), region: 'global', model, sharesForTraining: true };
  return createNotice({ ...handling, route });
}

describe.each(['en', 'ja'] as const)('what is taken away in one message (%s)', (language) => {
  it.each(VENDORS)('holds a receipt of the notice of %s, whatever it is for', async (vendor) => {
    const notice = builtIn(vendor);
    const bench = consentBench({ notices: [notice] });
    const grant = { do: 'grant', vendor, noticeId: notice.id, training: true } as const;
    await bench.handler.act(someone, grant, { surface: 'button', language });
    const view = await bench.handler.run(someone, sealText(`receipt ${vendor}`), { surface: 'command', language });
    expect(jwsOf(view).length).toBeLessThanOrEqual(RECEIPT_CHARACTERS);
    bench.remove();
  });

  it('holds each part of an export, and nothing is lost between them', async () => {
    const bench = consentBench({ notices: VENDORS.map(builtIn) });
    const origin = { surface: 'command', language } as const;
    for (let round = 0; round < 5; round += 1)
      for (const words of ['on all', 'off']) await bench.handler.run(someone, sealText(words), origin);
    const history = await bench.store.ledger.history(someone);
    const parts: Record<string, unknown>[][] = [];
    for (let part = 1, of = 1; part <= of; part += 1) {
      const view = await bench.handler.run(someone, sealText(`export ${part}`), origin);
      if (view.kind !== 'export' || view.part === undefined) throw new Error('no part');
      of = view.part.of;
      expect(view.part.number).toBe(part);
      expect(view.part.jws.length).toBeLessThanOrEqual(COPY_CHARACTERS);
      const document = await payloadOf(view.part.jws);
      expect(document).toMatchObject({ '@type': 'RecordExport', part, parts: of, installation: keys.installation });
      parts.push(document['dct:hasPart'] as Record<string, unknown>[]);
    }
    expect(parts.length).toBeGreaterThan(3);
    const nodes = parts.flat();
    const records = nodes.filter((node) => node['@type'] === 'dpv:ConsentRecord');
    expect(records.map(({ seq, hash }) => [seq, hash])).toEqual(history.map(({ row }) => [row.seq, row.hash]));
    const statements = VENDORS.flatMap((vendor) => builtIn(vendor).statements);
    expect(
      nodes
        .filter((node) => node['@type'] === 'Statement')
        .map(({ text }) => text)
        .sort(),
    ).toEqual(statements.map(({ text }) => text).sort());
    bench.remove();
  });
});

describe('an export', () => {
  it('tells who somebody is to the ledger, what they chose, and what is kept beside', async () => {
    const bench = consentBench();
    const type = (words: string) => bench.handler.run(someone, sealText(words), { surface: 'command', language: 'en' });
    expect(await type('export')).toEqual({ kind: 'export', part: undefined });
    await type('vendor two');
    const subject = await bench.store.ledger.find(someone);
    const document = await payloadOf(jwsOf(await type('export')));
    expect(document['dct:hasPart']).toEqual([
      expect.objectContaining({
        'dct:identifier': subject?.id,
        platform: 'slack',
        tenant: 'T1',
        chosenVendor: 'two',
        alsoKept: { en: expect.stringContaining('last hour'), ja: expect.stringContaining('1時間') },
      }),
    ]);
    bench.remove();
  });

  it('changes no part that is full when more is decided', async () => {
    const bench = consentBench();
    const type = (words: string) => bench.handler.run(someone, sealText(words), { surface: 'command', language: 'en' });
    for (let round = 0; round < 20; round += 1) await type(round % 2 === 0 ? 'on' : 'off');
    const first = (await payloadOf(jwsOf(await type('export 1'))))['dct:hasPart'];
    await type('on all');
    expect((await payloadOf(jwsOf(await type('export 1'))))['dct:hasPart']).toEqual(first);
    expect(await readProof(jwsOf(await type('export 999')), keys.published)).toMatchObject({ kind: 'export', part: 3 });
    bench.remove();
  });
});
