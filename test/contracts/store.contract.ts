import { GENESIS } from '../../src/consent/chain/row';
import type { ConsentPerson } from '../../src/consent/consent';
import { EVERY_VENDOR } from '../../src/consent/deed';
import type { ToldAt } from '../../src/consent/input';
import type { LedgerEntry } from '../../src/consent/ledger';
import { createNotice } from '../../src/consent/notice';
import { inputOf } from '../../src/dispatch/admit';
import type { Store } from '../../src/store/store';
import { collect } from '../support/collect';
import { aNotice, START, someone, statement } from '../support/consent';
import { aTurn } from '../support/turns';

/** A store that a test may close and open again over the same data, also twice at once. */
export interface StoreUnderTest {
  open(): Promise<Store>;
  remove(): Promise<void>;
}

const HOUR = 3_600_000;
const notice = aNotice('one');
const entry = (change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  at: START,
  event: 'granted',
  vendor: 'one',
  purpose: 'use',
  noticeId: notice.id,
  mode: 'opt-in',
  surface: 'command',
  language: 'en',
  validUntil: START + HOUR,
  ...change,
});
const origin = { surface: 'command', language: 'en', mode: 'opt-in', at: START } as const;
const person = (id: string): ConsentPerson => ({ ...someone, id });

/** What every engine has to do alike. */
export function storeContract(create: () => Promise<StoreUnderTest>): void {
  let under: StoreUnderTest;
  let store: Store;
  beforeEach(async () => {
    under = await create();
    store = await under.open();
  });
  afterEach(async () => {
    await store.close();
    await under.remove();
  });
  const reopen = async (): Promise<void> => {
    await store.close();
    store = await under.open();
  };
  const limits = { personPerHour: 3, tenantPerHour: 5 };

  describe('the ledger', () => {
    it('knows nobody at first', async () => {
      expect(await store.ledger.find(someone)).toBeUndefined();
      expect(await store.ledger.history(someone)).toEqual([]);
      expect(await store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 0 } });
    });

    it('keeps what was appended, in order and chained, also over a restart', async () => {
      await store.ledger.append(someone, [entry()], [notice]);
      await store.ledger.append(someone, [entry({ event: 'withdrawn', at: START + 1, validUntil: 0 })], []);
      await reopen();
      const standing = (await store.ledger.find(someone))?.standing('one', 'use');
      expect(standing).toMatchObject({ event: 'withdrawn', at: START + 1 });
      const [first, second] = (await store.ledger.history(someone)).map(({ row }) => row);
      expect([first?.seq, second?.seq]).toEqual([1, 2]);
      expect(second?.previous).toBe(first?.hash);
      expect(await store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 2, hash: second?.hash } });
    });

    it('tells with a standing what the notice meant that it names', async () => {
      await store.ledger.append(someone, [entry()], [notice]);
      const subject = await store.ledger.find(someone);
      expect(subject?.standing('one', 'use')?.materialId).toBe(notice.materialId);
      expect(subject?.standing('one', 'training')).toBeUndefined();
      expect(subject?.vendors).toEqual(['one']);
    });

    it('gives back a notice as it was served, with its quotes and what was outdated, also over a restart', async () => {
      const said = { ja: '前', en: 'Before' };
      const outdated = { source: { url: 'https://old.example/', title: 'Old' }, said };
      const route = {
        ...notice.route,
        context: 'none',
        memory: { turns: 8, minutes: 15, where: 'unreadable' },
        redaction: { mode: 'block', without: ['phone'], detector: 'presidio.example' },
      } as const;
      const served = createNotice({ ...notice, route, statements: [{ ...statement, quote: 'Words.', outdated }] });
      await store.ledger.append(someone, [entry({ noticeId: served.id })], [served]);
      await reopen();
      expect(await store.ledger.notice(served.id)).toEqual(served);
      expect(await store.ledger.notice('0'.repeat(64))).toBeUndefined();
      expect(await store.ledger.verify()).toMatchObject({ intact: true });
    });

    it('tells the notices that agreements rest on now, the newest first, and no others', async () => {
      const later = aNotice('one', {}, { region: 'us' });
      const shown = aNotice('two');
      await store.ledger.append(someone, [entry()], [notice]);
      await store.ledger.append(person('U2'), [entry({ at: START + 1, noticeId: later.id })], [later]);
      const look = { event: 'notice-shown', vendor: 'two', noticeId: shown.id, validUntil: 0 } as const;
      await store.ledger.append(person('U2'), [entry(look)], [shown]);
      const agreedTo = async () => (await store.ledger.noticesAgreedTo()).map(({ id }) => id);
      expect(await agreedTo()).toEqual([later.id, notice.id]);
      await store.ledger.append(person('U2'), [entry({ event: 'withdrawn', validUntil: 0 })], []);
      expect(await agreedTo()).toEqual([notice.id]);
    });

    it('lets no shown notice override a decision', async () => {
      const shown = entry({ event: 'notice-shown', at: START + 2, validUntil: 0 });
      await store.ledger.append(someone, [entry(), shown], [notice]);
      expect((await store.ledger.find(someone))?.standing('one', 'use')?.event).toBe('granted');
      await store.ledger.append(someone, [entry({ event: 'withdrawn' }), shown], []);
      expect((await store.ledger.find(someone))?.standing('one', 'use')?.event).toBe('withdrawn');
      expect(await store.ledger.verify()).toMatchObject({ intact: true });
    });

    it('gives each person pseudonyms of their own, the same every time', async () => {
      for (const id of ['U1', 'U2']) await store.ledger.append(person(id), [entry()], [notice]);
      const [one, other] = await Promise.all([store.ledger.find(person('U1')), store.ledger.find(person('U2'))]);
      expect(one?.pseudonyms.asker).not.toBe(other?.pseudonyms.asker);
      expect(one?.pseudonyms.asker).not.toBe(one?.pseudonyms.safetyId);
      expect(one?.pseudonyms.safetyId.length).toBeLessThanOrEqual(64);
      const asker = one?.pseudonyms.asker;
      await reopen();
      expect((await store.ledger.find(person('U1')))?.pseudonyms.asker).toBe(asker);
    });

    it('remembers the vendor that somebody chose, before and after they agree', async () => {
      await store.ledger.chooseVendor(someone, 'two');
      await store.ledger.append(someone, [entry()], [notice]);
      expect((await store.ledger.find(someone))?.vendor).toBe('two');
    });

    it('forgets who it was when somebody is erased, and stays whole', async () => {
      await store.ledger.append(someone, [entry()], [notice]);
      await store.ledger.append(person('U2'), [entry()], []);
      expect(await store.ledger.erase(someone, origin)).toBe('taken');
      expect(await store.ledger.find(someone)).toBeUndefined();
      expect(await store.ledger.erase(someone, origin)).toBe('taken');
      expect((await store.ledger.find(person('U2')))?.standing('one', 'use')?.event).toBe('granted');
      expect(await store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 3 } });
      await store.ledger.append(someone, [entry()], []);
      expect(await store.ledger.history(someone)).toHaveLength(1);
    });
  });

  describe('the audit', () => {
    it('tells the head, the hash of each row, and every row up to one, in order', async () => {
      const { audit, ledger } = store;
      expect(await audit.head()).toEqual({ seq: 0, hash: GENESIS });
      expect(await collect(audit.rows(9))).toEqual([]);
      await ledger.append(someone, [entry(), entry({ vendor: 'two' })], [notice]);
      await ledger.append(person('U2'), [entry()], []);
      const rows = await collect(audit.rows(9));
      expect(rows.map(({ seq, vendor }) => `${seq} ${vendor}`)).toEqual(['1 one', '2 two', '3 one']);
      expect((await collect(audit.rows(2))).map(({ seq }) => seq)).toEqual([1, 2]);
      expect(await audit.head()).toMatchObject({ seq: 3, hash: rows[2]?.hash });
      expect(await Promise.all([0, 1, 3, 4].map(audit.hashAt))).toEqual([
        GENESIS,
        rows[0]?.hash,
        rows[2]?.hash,
        undefined,
      ]);
    });

    it('tells long ledgers whole', async () => {
      const many = Array.from({ length: 1_203 }, (_, index) => entry({ at: START + index }));
      await store.ledger.append(someone, many, [notice]);
      expect((await collect(store.audit.rows(1_203))).map(({ seq }) => seq)).toEqual(many.map((_, index) => index + 1));
    });

    it('counts decisions by month, and people by what stands of them', async () => {
      await store.ledger.append(someone, [entry()], [notice]);
      await store.ledger.append(person('U2'), [entry(), entry({ event: 'withdrawn', validUntil: 0 })], []);
      const counted = { month: '2026-06', vendor: 'one', purpose: 'use', mode: 'opt-in' };
      expect(await store.audit.decisions()).toEqual([
        { ...counted, event: 'granted', count: 2 },
        { ...counted, event: 'withdrawn', count: 1 },
      ]);
      expect(await store.audit.standings()).toEqual([
        { vendor: 'one', purpose: 'use', event: 'granted', people: 1 },
        { vendor: 'one', purpose: 'use', event: 'withdrawn', people: 1 },
      ]);
      expect((await collect(store.audit.notices())).map(({ id }) => id)).toEqual([notice.id]);
    });
  });

  it('is ready while it is open', async () => {
    expect(await store.ready()).toBe(true);
    const other = await under.open();
    await other.close();
    expect([await other.ready(), await store.ready()]).toEqual([false, true]);
  });

  describe('a deed', () => {
    const told = (at: number, clock = 'message', live = false) => ({ clock, at, live });
    const gave = (id: string, when?: ToldAt, vendor = 'one') =>
      store.ledger.append(someone, [entry({ vendor })], [notice], {
        input: { id, ...(when && { told: when }) },
        did: 'gave',
        about: [vendor],
      });
    const took = (id: string, when?: ToldAt, about = ['one', EVERY_VENDOR]) =>
      store.ledger.append(
        someone,
        about.flatMap((vendor) => (vendor === '' ? [] : [entry({ vendor, event: 'withdrawn', validUntil: 0 })])),
        [],
        { input: { id, ...(when && { told: when }) }, did: 'took', about },
      );
    const standing = async (vendor = 'one') => (await store.ledger.find(someone))?.standing(vendor, 'use')?.event;

    it('is taken once, however often and at once it comes, also over a restart', async () => {
      const all = await Promise.all([1, 2, 3].map(() => gave('on')));
      expect([...all].sort()).toEqual(['repeated', 'repeated', 'taken']);
      expect(await took('off')).toBe('taken');
      await reopen();
      expect(await gave('on')).toBe('repeated');
      expect(await standing()).toBe('withdrawn');
      expect(await store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 2 } });
    });

    it('is taken by one of two that are open on the same data', async () => {
      const other = await under.open();
      const deed = { input: { id: 'on' }, did: 'gave', about: ['one'] } as const;
      const both = await Promise.all([
        store.ledger.append(someone, [entry()], [notice], deed),
        other.ledger.append(someone, [entry()], [notice], deed),
      ]);
      await other.close();
      expect([...both].sort()).toEqual(['repeated', 'taken']);
    });

    it('of the same name in another tenant is another', async () => {
      await gave('on');
      const deed = { input: { id: 'on' }, did: 'gave', about: ['one'] } as const;
      const elsewhere = { ...someone, tenant: 'T2' };
      expect(await store.ledger.append(elsewhere, [entry()], [notice], deed)).toBe('taken');
    });

    it('is not taken where what follows from it could not be written', async () => {
      const broken = entry({ noticeId: undefined as never });
      const deed = { input: { id: 'on' }, did: 'gave', about: ['one'] } as const;
      await expect(store.ledger.append(someone, [broken], [], deed)).rejects.toMatchObject({ name: 'LedgerError' });
      expect(await gave('on')).toBe('taken');
      expect(await standing()).toBe('granted');
    });

    it('tells of a withdrawal before it is acknowledged, once, and of nothing else', async () => {
      const told: string[] = [];
      const end = store.ledger.onWithdrawal(({ id }, vendor) => told.push(`${id} ${vendor ?? 'all'}`));
      const acknowledged = (taking: Promise<unknown>) => taking.then((how) => told.push(String(how)));
      await acknowledged(gave('on'));
      await acknowledged(took('off one', undefined, ['one']));
      await acknowledged(took('off one', undefined, ['one']));
      await acknowledged(took('off'));
      const erasure = { input: { id: 'erase' }, did: 'took', about: ['one', EVERY_VENDOR], whole: true } as const;
      await acknowledged(store.ledger.erase(someone, origin, erasure));
      await acknowledged(store.ledger.erase(someone, origin, erasure));
      end();
      await acknowledged(took('off again'));
      const who = someone.id;
      expect(told).toEqual([
        'taken',
        `${who} one`,
        'taken',
        'repeated',
        `${who} all`,
        'taken',
        `${who} all`,
        'taken',
        'repeated',
        'taken',
      ]);
    });

    it('that withdraws from some vendors only, since of the others something newer was said, tells of these alone', async () => {
      const told: (string | undefined)[] = [];
      await gave('one', { clock: 'message', at: 200, live: false });
      await gave('two', { clock: 'message', at: 50, live: false }, 'two');
      store.ledger.onWithdrawal((_person, vendor) => told.push(vendor));
      const late = { clock: 'message', at: 100, live: false };
      expect(await took('late', late, ['one', 'two', EVERY_VENDOR])).toBe('outdated');
      expect(told).toEqual(['two']);
    });

    it('that was acknowledged is seen by every look that begins afterwards, by whoever has the store open', async () => {
      const other = await under.open();
      await gave('on');
      expect((await other.ledger.find(someone))?.standing('one', 'use')?.event).toBe('granted');
      await took('off');
      expect((await other.ledger.find(someone))?.standing('one', 'use')?.event).toBe('withdrawn');
      await other.close();
    });

    it('never overrides a newer one that came before it', async () => {
      expect(await took('off', told(200))).toBe('taken');
      expect(await gave('late', told(100))).toBe('outdated');
      await reopen();
      expect(await gave('later', told(199))).toBe('outdated');
      expect(await standing()).toBe('withdrawn');
      expect(await gave('on', told(201))).toBe('taken');
      expect(await took('late off', told(150))).toBe('outdated');
      expect(await standing()).toBe('granted');
    });

    it('counts as said though nothing had to be written', async () => {
      await took('off', told(100));
      const nothing = { input: { id: 'off again', told: told(300) }, did: 'took', about: ['one', ''] } as const;
      expect(await store.ledger.append(someone, [], [], nothing)).toBe('taken');
      expect(await gave('late', told(200))).toBe('outdated');
    });

    it('writes no withdrawal of what is withdrawn by then, and one of what was agreed to a moment ago', async () => {
      await took('off', told(100));
      await took('off again', told(200));
      expect(await store.ledger.history(someone)).toHaveLength(1);
      await gave('on', told(300));
      await took('off at last', told(400));
      expect(await standing()).toBe('withdrawn');
      expect(await store.ledger.history(someone)).toHaveLength(3);
    });

    it('withdraws from what was not agreed to since, and lets the newer agreement be', async () => {
      await gave('one', told(200));
      await gave('two', told(50), 'two');
      expect(await took('late', told(100), ['one', 'two', EVERY_VENDOR])).toBe('outdated');
      expect([await standing('one'), await standing('two')]).toEqual(['granted', 'withdrawn']);
    });

    it('is a withdrawal where the order is not certain', async () => {
      await gave('on', told(100.5));
      expect(await took('off by another clock', told(100, 'request', true))).toBe('taken');
      expect(await standing()).toBe('withdrawn');
      // A clock of whole seconds: it may have been said after this.
      expect(await gave('on within its second', told(100.9))).toBe('outdated');
      expect(await gave('on after it', told(101.1))).toBe('taken');
      expect(await took('off by another clock, before it', told(100, 'request', true))).toBe('taken');
      await took('off', told(300));
      expect(await gave('on at the same time', told(300))).toBe('outdated');
    });

    it('that is delivered at once counts in the order in which it comes', async () => {
      await took('off', told(100, 'request', true));
      expect(await gave('on in the same second', told(100, 'request', true))).toBe('taken');
      await took('off by message', told(999));
      expect(await gave('on by a press', told(103, 'request', true))).toBe('taken');
      expect(await gave('held back by somebody', told(99, 'request', true))).toBe('outdated');
    });

    it('of an unknown time counts in the order in which it comes', async () => {
      await took('off', told(100));
      expect(await gave('on')).toBe('taken');
      expect(await standing()).toBe('granted');
    });

    it('chooses a vendor once, and no older one', async () => {
      const choose = (vendor: string, id: string, at: number) =>
        store.ledger.chooseVendor(someone, vendor, { input: { id, told: told(at) }, did: 'chose', about: [''] });
      expect(await choose('two', 'a', 200)).toBe('taken');
      expect(await choose('one', 'b', 100)).toBe('outdated');
      expect(await choose('three', 'c', 300)).toBe('taken');
      expect(await choose('two', 'a', 200)).toBe('repeated');
      expect((await store.ledger.find(someone))?.vendor).toBe('three');
      expect(await gave('on', told(50))).toBe('taken');
    });

    it('of somebody who was erased since makes nobody agree', async () => {
      const erase = (id: string, at: number) =>
        store.ledger.erase(someone, origin, {
          input: { id, told: told(at) },
          did: 'took',
          about: ['one', EVERY_VENDOR],
          whole: true,
        });
      await gave('on', told(100));
      expect(await erase('early', 50)).toBe('outdated');
      expect(await standing()).toBe('granted');
      expect(await erase('erase', 200)).toBe('taken');
      expect(await gave('late', told(150))).toBe('outdated');
      expect(await store.ledger.find(someone)).toBeUndefined();
      expect(await gave('anew', told(300))).toBe('taken');
      expect(await erase('erase', 200)).toBe('repeated');
      expect(await standing()).toBe('granted');
    });
  });

  describe('the register of inputs', () => {
    const input = { platform: 'slack', tenant: 'T1', id: 'stop-1' };

    it('gives an input to one, over a restart and to two that are open on the same data', async () => {
      const other = await under.open();
      const both = await Promise.all([store.inputs.take(input, START), other.inputs.take(input, START)]);
      expect([...both].sort()).toEqual(['repeated', 'taken']);
      await Promise.all([store.inputs.settle(input, 'done'), other.inputs.settle(input, 'done')]);
      await other.close();
      await reopen();
      expect(await store.inputs.take(input, START + HOUR)).toBe('repeated');
      expect(await store.inputs.take({ ...input, tenant: 'T2' }, START)).toBe('taken');
      expect(await store.inputs.take({ ...input, platform: 'teams' }, START)).toBe('taken');
    });

    it('gives it again where it failed', async () => {
      await store.inputs.take(input, START);
      expect(await store.inputs.take(input, START)).toBe('repeated');
      await store.inputs.settle(input, 'failed');
      expect(await store.inputs.take(input, START)).toBe('taken');
      await store.inputs.settle(input, 'done');
      await store.inputs.settle(input, 'failed');
      expect(await store.inputs.take(input, START)).toBe('repeated');
    });

    it('gives it again at once where whoever had it died, and nobody else is there', async () => {
      await store.inputs.take(input, START);
      const turn = aTurn({ id: '1' });
      await store.inputs.admit(turn, limits, START);
      await reopen();
      expect(await store.inputs.take(input, START)).toBe('taken');
      expect(await store.inputs.admit(turn, limits, START)).toBe('admitted');
    });

    it('gives it again a little later where others are there, who might have it', async () => {
      const other = await under.open();
      await store.inputs.take(input, START);
      const turn = aTurn({ id: '1' });
      await store.inputs.admit(turn, limits, START);
      await reopen();
      expect(await store.inputs.take(input, START + 1_000)).toBe('repeated');
      expect(await store.inputs.admit(turn, limits, START + 1_000)).toBe('duplicate');
      expect(await store.inputs.take(input, START + 60_000)).toBe('taken');
      expect(await store.inputs.admit(turn, limits, START + 60_000)).toBe('admitted');
      await other.close();
    });

    it('keeps it for as long as it is worked on', async () => {
      await store.inputs.take(input, START);
      expect(await store.inputs.take(input, START + HOUR)).toBe('repeated');
    });
  });

  describe('the register of turns', () => {
    it('admits a turn once, however often and at once it comes', async () => {
      const turn = aTurn({ id: '1' });
      const all = await Promise.all([1, 2, 3, 4].map(() => store.inputs.admit(turn, limits, START)));
      expect([...all].sort()).toEqual(['admitted', 'duplicate', 'duplicate', 'duplicate']);
      await store.inputs.settle(inputOf(turn), 'done');
      await reopen();
      expect(await store.inputs.admit(turn, limits, START + HOUR)).toBe('duplicate');
    });

    it('takes the same id in another workspace for another turn', async () => {
      expect(await store.inputs.admit(aTurn({ id: '1' }), limits, START)).toBe('admitted');
      expect(await store.inputs.admit(aTurn({ id: '1', tenant: 'T2' }), limits, START)).toBe('admitted');
    });

    it('keeps to the limits of a person and of a tenant, over an hour that slides', async () => {
      const ask = (id: number, who: string, at: number) =>
        store.inputs.admit(aTurn({ id: String(id), person: who }), limits, at);
      for (let id = 0; id < 3; id += 1) expect(await ask(id, 'U1', START)).toBe('admitted');
      expect(await ask(3, 'U1', START)).toBe('person-limit');
      expect(await ask(3, 'U1', START)).toBe('duplicate');
      expect(await ask(4, 'U2', START)).toBe('admitted');
      expect(await ask(5, 'U3', START)).toBe('admitted');
      expect(await ask(6, 'U4', START)).toBe('tenant-limit');
      expect(await ask(7, 'U1', START + HOUR / 2)).toBe('person-limit');
      expect(await ask(8, 'U1', START + HOUR + 1)).toBe('admitted');
    });
  });
}
