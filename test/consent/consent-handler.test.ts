import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { ConsentAction, ConsentOrigin } from '../../src/consent/consent';
import { createConsentHandler } from '../../src/consent/consent-handler';
import { LedgerError } from '../../src/consent/ledger-error';
import { sealText } from '../../src/model/text';
import { VENDOR_WORDS } from '../../src/vendors/registry';
import { aNotice, consentBench, START, someone, statement } from '../support/consent';
import { ledgerWith } from '../support/ledger';

const origin: ConsentOrigin = { surface: 'command', language: 'en' };
const DAY = 86_400_000;

describe('the consent handler', () => {
  let bench: ReturnType<typeof consentBench>;
  const start = (wish: Parameters<typeof consentBench>[0] = {}): void => {
    bench = consentBench(wish);
  };
  afterEach(() => bench.remove());

  const type = (words: string, who = someone) => bench.handler.run(who, sealText(words), origin);
  const press = (action: ConsentAction, who = someone) =>
    bench.handler.act(who, action, { surface: 'button', language: 'en' });
  const decision = async (vendor: string | undefined = 'one', who = someone) =>
    (await bench.gate.check(who, vendor, 'C1')).decision;

  it('toggles the vendor in effect: agrees, and takes it back', async () => {
    start();
    expect(await type('')).toMatchObject({ kind: 'granted', already: false, notices: [{ vendor: 'one' }] });
    expect(await decision()).toEqual({ kind: 'allow', basis: 'consent', inform: false });
    expect(await type('')).toMatchObject({ kind: 'withdrawn', undo: { vendor: 'one' } });
    expect(await decision()).toEqual({ kind: 'deny', reason: 'withdrawn' });
    expect(await type('')).toMatchObject({ kind: 'granted' });
  });

  it('tells with the help where the public article is, where that is known', async () => {
    const page = 'https://dejiren.example.com/data-handling';
    start({ notices: [{ ...aNotice('one'), page }] });
    expect(await type('help')).toMatchObject({ kind: 'help', page });
    expect(await type('notice')).toMatchObject({ kind: 'notice', notice: { page } });
    bench.remove();
    start();
    expect(await type('help')).toMatchObject({ kind: 'help', page: undefined });
  });

  it('agrees to one vendor only, or to all when asked to', async () => {
    start();
    await type('on two');
    expect([(await decision('one')).kind, (await decision('two')).kind]).toEqual(['ask', 'allow']);
    await type('on all');
    expect((await decision('one')).kind).toBe('allow');
    expect(await type('on all')).toMatchObject({ kind: 'granted', already: true });
  });

  it('withdraws everything with a bare off, tells it at once, and takes as few steps as on', async () => {
    start();
    await type('on all');
    const answered = type('off');
    expect(await answered).toMatchObject({ kind: 'withdrawn', all: true, already: false });
    expect(bench.events).toEqual(Array(3).fill(`withdrawn ${someone.id} all`));
    expect([(await decision('one')).kind, (await decision('two')).kind]).toEqual(['deny', 'deny']);
    expect(await type('off')).toMatchObject({ kind: 'withdrawn', already: true });
  });

  it('commits a withdrawal before anybody hears of it', async () => {
    bench = consentBench();
    await type('on');
    await type('off one');
    bench.close();
    const again = consentBench({ folder: bench.folder });
    expect((await again.gate.check(someone, 'one', 'C1')).decision).toEqual({ kind: 'deny', reason: 'withdrawn' });
    again.close();
    bench = consentBench();
  });

  it('lets somebody withdraw from a vendor that is not set up any more', async () => {
    start();
    await type('on two');
    bench.close();
    const later = consentBench({ folder: bench.folder, notices: [aNotice('one')] });
    expect(await later.handler.run(someone, sealText('off two'), origin)).toMatchObject({
      kind: 'withdrawn',
      already: false,
    });
    bench = later;
  });

  it('takes a press for the notice that the card showed, and for no other', async () => {
    start();
    expect(await press({ do: 'grant', vendor: 'one', noticeId: 'an-older-one' })).toMatchObject({
      kind: 'ask',
      reason: 'notice-changed',
    });
    expect((await decision()).kind).toBe('ask');
    expect(await press({ do: 'grant', vendor: 'one' })).toMatchObject({ kind: 'ask' });
  });

  it('asks anew when a statement or the route changed, and not when only the wording did', async () => {
    start();
    await type('on');
    bench.close();
    const reworded = aNotice('one', {
      statements: [{ ...statement, text: { en: 'It is not used.', ja: '使いません。' } }],
    });
    const edited = consentBench({ folder: bench.folder, notices: [reworded] });
    expect((await edited.gate.check(someone, 'one', 'C1')).decision).toEqual({
      kind: 'allow',
      basis: 'consent',
      inform: true,
    });
    await edited.handler.noticeShown(someone, reworded, { surface: 'card', language: 'en' });
    expect((await edited.gate.check(someone, 'one', 'C1')).decision).toEqual({
      kind: 'allow',
      basis: 'consent',
      inform: false,
    });
    edited.close();
    const moved = consentBench({ folder: bench.folder, notices: [aNotice('one', {}, { region: 'us' })] });
    expect((await moved.gate.check(someone, 'one', 'C1')).decision).toEqual({ kind: 'ask', reason: 'notice-changed' });
    bench = moved;
  });

  it('tells with what changed materially what was agreed to before, and keeps the old grant on record', async () => {
    start();
    await type('on');
    bench.close();
    const after = aNotice('one', {
      statements: [{ ...statement, value: 'yes', text: { en: 'Used.', ja: '使います。' } }],
    });
    bench = consentBench({ folder: bench.folder, notices: [after] });
    const verdict = await bench.gate.check(someone, 'one', 'C1');
    expect(verdict.decision).toEqual({ kind: 'ask', reason: 'notice-changed' });
    expect(verdict.before).toMatchObject({ id: aNotice('one').id, statements: [{ value: 'no' }] });
    await press({ do: 'grant', vendor: 'one', noticeId: after.id });
    expect((await decision()).kind).toBe('allow');
    expect(await type('receipt')).toMatchObject({
      receipts: [
        { event: 'granted', noticeId: aNotice('one').id },
        { event: 'granted', noticeId: after.id },
      ],
    });
  });

  it('asks for the vendor of the place, unless the person chose another or it is blocked there', async () => {
    const vendor = (_tenant: string, conversation: string | undefined) => (conversation === 'C2' ? 'two' : undefined);
    start({ policy: { vendor, blocks: (_tenant, conversation, name) => conversation === 'C3' && name === 'two' } });
    const asked = async (conversation: string) => (await bench.gate.check(someone, undefined, conversation)).vendor;
    expect([await asked('C1'), await asked('C2')]).toEqual(['one', 'two']);
    await bench.handler.run(someone, sealText('on'), { ...origin, conversation: 'C2' });
    expect((await bench.gate.check(someone, 'two', 'C2')).decision.kind).toBe('allow');
    expect((await bench.gate.check(someone, 'one', 'C2')).decision.kind).toBe('ask');
    await type('vendor two');
    expect([await asked('C1'), await asked('C2'), await asked('C3')]).toEqual(['two', 'two', 'one']);
    await type('vendor one');
    expect(await asked('C2')).toBe('one');
  });

  it('asks again a year later', async () => {
    start();
    await type('on');
    bench.setNow(START + 364 * DAY);
    expect((await decision()).kind).toBe('deny'); // the notice itself is past its review by then
    bench.remove();
    bench = consentBench({ policy: { grantDays: 30 } });
    await type('on');
    bench.setNow(START + 29 * DAY);
    expect((await decision()).kind).toBe('allow');
    bench.setNow(START + 30 * DAY);
    expect(await decision()).toEqual({ kind: 'ask', reason: 'expired' });
  });

  it('keeps training a purpose of its own, which on never grants', async () => {
    start({ notices: [aNotice('one', {}, { sharesForTraining: true })] });
    await type('on');
    expect(await decision()).toEqual({ kind: 'ask', reason: 'training' });
    const { notice } = await bench.gate.check(someone, 'one', 'C1');
    await press({ do: 'grant', vendor: 'one', purpose: 'training', ...(notice && { noticeId: notice.id }) });
    expect((await decision()).kind).toBe('allow');
    await type('off');
    expect(await decision()).toEqual({ kind: 'deny', reason: 'withdrawn' });
  });

  it('in opt-out mode goes by the notice that was shown, until the person opts out', async () => {
    start({ policy: { mode: () => 'opt-out' } });
    const { notice } = await bench.gate.check(someone, 'one', 'C1');
    expect((await decision()).kind).toBe('ask');
    if (notice === undefined) throw new Error('no notice');
    await bench.handler.noticeShown(someone, notice, { surface: 'card', language: 'en' });
    expect(await decision()).toEqual({ kind: 'allow', basis: 'notice-shown', inform: false });
    await type('off');
    await bench.handler.noticeShown(someone, notice, { surface: 'card', language: 'en' });
    expect(await decision()).toEqual({ kind: 'deny', reason: 'withdrawn' });
  });

  it('keeps people, tenants and platforms apart', async () => {
    start();
    await type('on');
    for (const other of [{ id: 'U2' }, { tenant: 'T2' }, { platform: 'teams' }])
      expect((await decision('one', { ...someone, ...other })).kind).toBe('ask');
  });

  it('refuses guests and strangers unless the organisation admits them', async () => {
    start();
    const guest = { ...someone, membership: 'guest' as const };
    expect(await type('on', guest)).toEqual({ kind: 'refused', reason: 'external' });
    bench.remove();
    bench = consentBench({ policy: { externalsAdmitted: true } });
    expect(await type('on', guest)).toMatchObject({ kind: 'granted' });
    expect((await decision('one', guest)).kind).toBe('allow');
  });

  it('lets a person choose among the vendors that are set up', async () => {
    start();
    expect(await type('vendor two')).toMatchObject({
      kind: 'vendor-chosen',
      validUntil: undefined,
      before: 'one',
    });
    expect(await bench.gate.vendorInEffect(someone)).toBe('two');
    expect(await type('vendor three')).toEqual({ kind: 'vendor-unknown', vendors: ['one', 'two'] });
    expect(await type('on three')).toMatchObject({ kind: 'vendor-unknown' });
  });

  it('gives receipts, and status, and erases after a confirmation', async () => {
    start();
    await type('on');
    expect(await type('receipt')).toMatchObject({
      kind: 'receipt',
      receipts: [{ event: 'granted', vendor: 'one', ledgerSeq: 1 }],
    });
    expect(await type('status')).toMatchObject({
      states: [{ state: 'agreed', inEffect: true }, { state: 'not-asked' }],
    });
    expect(await type('erase')).toEqual({ kind: 'erase-confirm' });
    expect((await decision()).kind).toBe('allow');
    expect(await press({ do: 'erase' })).toEqual({ kind: 'erased' });
    expect(bench.events).toEqual(Array(3).fill(`withdrawn ${someone.id} all`));
    expect((await decision()).kind).toBe('ask');
    expect(await type('receipt')).toEqual({ kind: 'receipt', receipts: [], signed: undefined });
    expect(await bench.store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 2 } });
  });

  describe('where the vendor may train on what it is sent', () => {
    const sharing = (region = 'jp') => aNotice('one', {}, { sharesForTraining: true, region });
    const press = (noticeId: string, purpose: 'use' | 'training') =>
      bench.handler.act(someone, { do: 'grant', vendor: 'one', purpose, noticeId }, { ...origin, surface: 'button' });

    it('says after on what is still to be agreed to, not that questions may go', async () => {
      start({ notices: [sharing()] });
      expect(await type('on')).toMatchObject({ kind: 'ask', reason: 'training', notice: { vendor: 'one' } });
      expect(await press(sharing().id, 'training')).toMatchObject({ kind: 'granted' });
    });

    it('is agreed to along with use by a box of its own, which nobody ticked for them', async () => {
      start({ notices: [sharing()] });
      const tick = { do: 'grant', vendor: 'one', noticeId: sharing().id, training: true } as const;
      expect(await bench.handler.act(someone, tick, { ...origin, surface: 'button' })).toMatchObject({
        kind: 'granted',
        already: false,
      });
      expect((await decision()).kind).toBe('allow');
      const receipts = await type('receipt');
      expect(receipts).toMatchObject({ receipts: [{ purpose: 'use' }, { purpose: 'training' }] });
    });

    it('is not agreed to by a box where the organisation shares nothing', async () => {
      start();
      const { notice } = await bench.gate.check(someone, 'one', 'C1');
      const tick = { do: 'grant', vendor: 'one', noticeId: notice?.id ?? '', training: true } as const;
      await bench.handler.act(someone, tick, { ...origin, surface: 'button' });
      expect(await type('receipt')).toMatchObject({ receipts: [{ purpose: 'use' }] });
    });

    it('still takes everything back with the second toggle', async () => {
      start({ notices: [sharing()] });
      await type('');
      expect(await type('')).toMatchObject({ kind: 'withdrawn' });
      expect(await decision()).toEqual({ kind: 'deny', reason: 'withdrawn' });
    });

    it('can be agreed to again after a withdrawal', async () => {
      start({ notices: [sharing()] });
      await type('on');
      await press(sharing().id, 'training');
      await type('off');
      expect(await press(sharing().id, 'use')).toMatchObject({ kind: 'ask', reason: 'training' });
      expect((await decision()).kind).toBe('ask');
      expect(await press(sharing().id, 'training')).toMatchObject({ kind: 'granted' });
      expect((await decision()).kind).toBe('allow');
    });

    it('can be agreed to again after the notice changed', async () => {
      start({ notices: [sharing()] });
      await type('on');
      await press(sharing().id, 'training');
      bench.close();
      bench = consentBench({ folder: bench.folder, notices: [sharing('us')] });
      expect(await decision()).toEqual({ kind: 'ask', reason: 'notice-changed' });
      expect(await press(sharing('us').id, 'use')).toMatchObject({ kind: 'ask', reason: 'training' });
      expect(await press(sharing('us').id, 'training')).toMatchObject({ kind: 'granted' });
      expect((await decision()).kind).toBe('allow');
    });

    it('takes no shown notice for an agreement to it, in opt-out mode either', async () => {
      start({ notices: [sharing()], policy: { mode: () => 'opt-out' } });
      await bench.handler.noticeShown(someone, sharing(), { surface: 'card', language: 'en' });
      expect(await decision()).toEqual({ kind: 'ask', reason: 'training' });
      await press(sharing().id, 'training');
      expect(await decision()).toEqual({ kind: 'allow', basis: 'notice-shown', inform: false });
    });

    it('is not asked for where the organisation blocks it', async () => {
      start({
        notices: [sharing()],
        policy: { blocks: (_tenant, _conversation, _vendor, purpose) => purpose === 'training' },
      });
      expect(await type('on')).toEqual({ kind: 'refused', reason: 'blocked' });
    });
  });

  it('tells of a withdrawal before it is committed, when it is acknowledged and after it, before the command is answered', async () => {
    start();
    await type('on');
    const order: string[] = [];
    const onWithdrawal = (): void => {
      const rows = new DatabaseSync(bench.path, { readOnly: true });
      order.push(`told: ${rows.prepare('SELECT event FROM ledger ORDER BY seq DESC').get()?.event}`);
      rows.close();
    };
    bench.store.ledger.onWithdrawal(onWithdrawal);
    const handler = createConsentHandler({
      vendorWords: VENDOR_WORDS,
      ...bench.parts,
      noticeFirst: false,
      onWithdrawal,
    });
    const answered = handler.run(someone, sealText('off'), origin).then(() => order.push('answered'));
    await answered;
    expect(order).toEqual(['told: granted', 'told: withdrawn', 'told: withdrawn', 'answered']);
  });

  it('asks guests who are admitted for an agreement of their own, in opt-out mode too', async () => {
    start({ policy: { mode: () => 'opt-out', externalsAdmitted: true } });
    const guest = { ...someone, id: 'U9', membership: 'guest' as const };
    await bench.handler.noticeShown(guest, aNotice('one'), { surface: 'card', language: 'en' });
    expect(await decision('one', guest)).toEqual({ kind: 'ask', reason: 'first' });
  });

  it('gives receipts that tell what was agreed to then, not what holds now', async () => {
    start();
    await type('on one');
    bench.close();
    bench = consentBench({
      folder: bench.folder,
      notices: [aNotice('one', {}, { region: 'us', endpoint: 'new.example' })],
    });
    await type('off one');
    expect(await type('receipt')).toMatchObject({
      receipts: [
        { event: 'granted', region: 'jp', endpoint: 'one.example', vendorName: 'Vendor one' },
        { event: 'withdrawn', region: 'us', endpoint: 'new.example' },
      ],
    });
  });

  it('answers by the default vendor once the organisation blocks the one that somebody chose', async () => {
    start();
    await type('vendor two');
    bench.close();
    bench = consentBench({
      folder: bench.folder,
      policy: { blocks: (_tenant, conversation, vendor) => conversation === undefined && vendor === 'two' },
    });
    expect(await bench.gate.vendorInEffect(someone)).toBe('one');
    expect(await type('')).toMatchObject({ kind: 'granted', notices: [{ vendor: 'one' }] });
  });

  it.each(['off', 'off one', 'erase confirm'])(
    'stops what is being answered also where the wish cannot be written down: %s',
    async (words) => {
      start();
      await type('on');
      const heard: unknown[] = [];
      const failing = () => Promise.reject(new LedgerError('unavailable'));
      const handler = createConsentHandler({
        vendorWords: VENDOR_WORDS,
        ...bench.parts,
        ledger: ledgerWith(bench.store.ledger, { append: failing, erase: failing }),
        noticeFirst: false,
        onWithdrawal: (person, vendor) => heard.push([person.id, vendor]),
      });
      expect(await handler.run(someone, sealText(words), origin)).toEqual({
        kind: 'refused',
        reason: 'ledger-unavailable',
      });
      expect(heard.at(-1)).toEqual([someone.id, words === 'off one' ? 'one' : undefined]);
      expect(heard.every((one) => isDeepStrictEqual(one, heard[0]))).toBe(true);
    },
  );

  it.each(['off', 'off one', 'erase confirm'])(
    'stops what is being answered also where the ledger cannot even be read: %s',
    async (words) => {
      start();
      const heard: unknown[] = [];
      const failing = () => Promise.reject(new LedgerError('broken'));
      const handler = createConsentHandler({
        vendorWords: VENDOR_WORDS,
        ...bench.parts,
        ledger: ledgerWith(bench.store.ledger, { find: failing, append: failing, erase: failing }),
        noticeFirst: false,
        onWithdrawal: (person, vendor) => heard.push([person.id, vendor]),
      });
      expect((await handler.run(someone, sealText(words), origin)).kind).toBe('refused');
      expect(heard.at(-1)).toEqual([someone.id, words === 'off one' ? 'one' : undefined]);
      expect(heard.every((one) => isDeepStrictEqual(one, heard[0]))).toBe(true);
    },
  );

  it.each(['off', 'off one', 'erase confirm'])(
    'writes a withdrawal down also where nobody could tell beforehand whether it would be taken: %s',
    async (words) => {
      start();
      await type('on');
      const heard: unknown[] = [];
      const handler = createConsentHandler({
        ...bench.parts,
        ledger: ledgerWith(bench.store.ledger, { wouldTake: () => Promise.reject(new LedgerError('unavailable')) }),
        vendorWords: VENDOR_WORDS,
        noticeFirst: false,
        onWithdrawal: ({ id }) => heard.push(id),
      });
      const input = { id: 'off-1', told: { clock: 'message', at: 100, live: false } };
      const view = await handler.run(someone, sealText(words), { ...origin, input });
      expect(view.kind).toBe(words === 'erase confirm' ? 'erased' : 'withdrawn');
      expect((await decision()).kind).toBe(words === 'erase confirm' ? 'ask' : 'deny');
      expect(heard).toEqual([someone.id]);
    },
  );

  it('stops nothing where a vendor was named that nobody knows', async () => {
    start();
    expect(await type('off nobody-knows')).toMatchObject({ kind: 'vendor-unknown' });
    expect(bench.events).toEqual([]);
  });

  it('denies where a standing cannot be read, and does not reject', async () => {
    start();
    await type('on');
    const database = new DatabaseSync(bench.path);
    database.exec("UPDATE standings SET event = 'anything'");
    database.close();
    expect(await decision()).toEqual({ kind: 'deny', reason: 'ledger-unavailable' });
  });

  it('refuses kindly when the ledger cannot be written, and says nothing of why', async () => {
    start();
    bench.close();
    expect(await type('on')).toEqual({ kind: 'refused', reason: 'ledger-unavailable' });
    expect(await decision()).toEqual({ kind: 'deny', reason: 'ledger-unavailable' });
    await bench.handler.noticeShown(someone, aNotice('one'), origin);
    bench = consentBench();
  });
});
