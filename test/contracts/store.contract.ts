import type { ConsentPerson } from '../../src/consent/consent';
import type { LedgerEntry } from '../../src/consent/ledger';
import { createNotice } from '../../src/consent/notice';
import type { Store } from '../../src/store/sqlite-store';
import { aNotice, START, someone, statement } from '../support/consent';
import { aTurn } from '../support/turns';

/** A store that a test may close and open again over the same data. */
export interface StoreUnderTest {
  open(): Store;
  remove(): void;
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
export function storeContract(create: () => StoreUnderTest): void {
  let under: StoreUnderTest;
  let store: Store;
  beforeEach(() => {
    under = create();
    store = under.open();
  });
  afterEach(() => {
    store.close();
    under.remove();
  });
  const reopen = (): void => {
    store.close();
    store = under.open();
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
      reopen();
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
      reopen();
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
      reopen();
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
      expect(await store.ledger.erase(someone, origin)).toBe(true);
      expect(await store.ledger.find(someone)).toBeUndefined();
      expect(await store.ledger.erase(someone, origin)).toBe(false);
      expect((await store.ledger.find(person('U2')))?.standing('one', 'use')?.event).toBe('granted');
      expect(await store.ledger.verify()).toMatchObject({ intact: true, head: { seq: 3 } });
      await store.ledger.append(someone, [entry()], []);
      expect(await store.ledger.history(someone)).toHaveLength(1);
    });
  });

  describe('the register of turns', () => {
    it('admits a turn once, however often and at once it comes', async () => {
      const turn = aTurn({ id: '1' });
      const all = await Promise.all([1, 2, 3, 4].map(() => store.turns.admit(turn, limits, START)));
      expect([...all].sort()).toEqual(['admitted', 'duplicate', 'duplicate', 'duplicate']);
      reopen();
      expect(await store.turns.admit(turn, limits, START + HOUR)).toBe('duplicate');
    });

    it('takes the same id in another workspace for another turn', async () => {
      expect(await store.turns.admit(aTurn({ id: '1' }), limits, START)).toBe('admitted');
      expect(await store.turns.admit(aTurn({ id: '1', tenant: 'T2' }), limits, START)).toBe('admitted');
    });

    it('keeps to the limits of a person and of a tenant, over an hour that slides', async () => {
      const ask = (id: number, who: string, at: number) =>
        store.turns.admit(aTurn({ id: String(id), person: who }), limits, at);
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
