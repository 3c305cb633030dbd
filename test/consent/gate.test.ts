import type { Standing } from '../../src/consent/chain/project';
import type { ConsentMode, ConsentPerson, Purpose } from '../../src/consent/consent';
import { type ConsentGateParts, type ConsentPolicy, createConsentGate, noticeBefore } from '../../src/consent/gate';
import type { Ledger, Subject } from '../../src/consent/ledger';
import type { Notice } from '../../src/consent/notice';
import { aNotice, quietLog, START, someone } from '../support/consent';

const DAY = 86_400_000;
const pseudonyms = { asker: 'p', safetyId: 's' };
const one = aNotice('one');
const two = aNotice('two');
const sharing = aNotice('one', {}, { sharesForTraining: true });
const granted: Standing = {
  event: 'granted',
  noticeId: one.id,
  materialId: one.materialId,
  at: START,
  validUntil: START + DAY,
};
const withdrawn: Standing = { ...granted, event: 'withdrawn' };

/** A gate over a ledger that holds these standings of one person; reading it fails where it is told to. */
function arrange(
  wish: {
    readonly standings?: Readonly<Record<string, Partial<Record<Purpose, Standing>>>> | 'unknown' | Error;
    readonly chosen?: string;
    readonly notices?: readonly Notice[];
    readonly known?: readonly Notice[];
    readonly policy?: Partial<ConsentPolicy>;
    readonly standing?: Subject['standing'];
  } = {},
) {
  const { standings = { one: { use: granted } } } = wish;
  const errors: unknown[] = [];
  const subject: Subject | undefined =
    standings === 'unknown' || standings instanceof Error
      ? undefined
      : {
          id: 'subject',
          pseudonyms,
          vendor: wish.chosen,
          vendors: Object.keys(standings),
          standing: wish.standing ?? ((vendor, purpose) => standings[vendor]?.[purpose]),
        };
  const known = new Map((wish.known ?? []).map((notice) => [notice.id, notice]));
  const ledger: Pick<Ledger, 'find' | 'notice'> = {
    async find() {
      if (standings instanceof Error) throw standings;
      return subject;
    },
    async notice(id) {
      const notice = known.get(id);
      if (notice === undefined) throw new Error('disk');
      return notice;
    },
  };
  const parts: ConsentGateParts = {
    ledger: ledger as Ledger,
    notices: new Map((wish.notices ?? [one, two]).map((notice) => [notice.vendor, notice])),
    policy: {
      mode: () => 'opt-in',
      blocks: () => false,
      residency: () => 'not-required',
      vendor: () => undefined,
      externalsAdmitted: false,
      grantDays: 365,
      ...wish.policy,
    },
    defaultVendor: 'one',
    now: () => START,
    log: { ...quietLog, error: (...line) => errors.push(line) },
  };
  const gate = createConsentGate(parts);
  const check = (named?: string, person: ConsentPerson = someone) => gate.check(person, named, 'C1');
  return { gate, check, errors, subject, parts };
}

describe('the gate', () => {
  it('lets words go of somebody who agreed, under pseudonyms, with the notice in force', async () => {
    expect(await arrange().check()).toEqual({
      decision: { kind: 'allow', basis: 'consent', inform: false },
      vendor: 'one',
      notice: one,
      pseudonyms,
      silence: 'asks-again',
      before: undefined,
    });
  });

  it.each<[string, Parameters<typeof arrange>[0], object]>([
    ['nothing is on record', { standings: {} }, { kind: 'ask', reason: 'first' }],
    ['the ledger does not know them', { standings: 'unknown' }, { kind: 'ask', reason: 'first' }],
    ['they withdrew', { standings: { one: { use: withdrawn } } }, { kind: 'deny', reason: 'withdrawn' }],
    [
      'they agreed to another vendor alone',
      { standings: { two: { use: { ...granted, noticeId: two.id } } } },
      { kind: 'ask', reason: 'first' },
    ],
    [
      'they agreed until this moment',
      { standings: { one: { use: { ...granted, validUntil: START } } } },
      { kind: 'ask', reason: 'expired' },
    ],
    ['the vendor has no notice', { notices: [two] }, { kind: 'deny', reason: 'notice-missing' }],
    [
      'its notice is past its review',
      {
        notices: [aNotice('one', { statements: one.statements.map((said) => ({ ...said, reviewBy: '2026-05-31' })) })],
      },
      { kind: 'deny', reason: 'notice-expired' },
    ],
    [
      'its place is not proven',
      { policy: { residency: (vendor) => (vendor === 'one' ? 'unproven' : 'proven') } },
      { kind: 'deny', reason: 'residency' },
    ],
  ])('gives no pseudonym where words may not go, as where %s', async (_where, wish, decision) => {
    expect(await arrange(wish).check()).toMatchObject({ decision, pseudonyms: undefined });
  });

  it('shows what somebody agreed to before where that changed, and nowhere else', async () => {
    const standings = { one: { use: { ...granted, validUntil: START } } };
    const verdict = await arrange({ standings, known: [one] }).check();
    expect(verdict).toMatchObject({ decision: { kind: 'ask', reason: 'expired' }, before: undefined });
  });

  it('lets them go to the end of the last moment of an agreement', async () => {
    const standings = { one: { use: { ...granted, validUntil: START + 1 } } };
    expect((await arrange({ standings }).check()).decision).toMatchObject({ kind: 'allow' });
  });

  it.each(['external', 'guest'] as const)(
    'takes a %s where the organisation admits them, alone',
    async (membership) => {
      const stranger = { ...someone, membership };
      expect((await arrange().check('one', stranger)).decision).toEqual({ kind: 'deny', reason: 'external' });
      const admits = arrange({ policy: { externalsAdmitted: true } });
      expect((await admits.check('one', stranger)).decision.kind).toBe('allow');
    },
  );

  it('asks for the mode of the person’s tenant', async () => {
    const shown: Standing = { ...granted, event: 'notice-shown', validUntil: 0 };
    const mode = (tenant: string): ConsentMode => (tenant === 'T1' ? 'opt-out' : 'opt-in');
    const { check } = arrange({ standings: { one: { use: shown } }, policy: { mode } });
    expect(await check()).toMatchObject({
      decision: { kind: 'allow', basis: 'notice-shown' },
      pseudonyms,
    });
    expect(await check(undefined, { ...someone, tenant: 'T2' })).toMatchObject({
      silence: 'asks-again',
      decision: { kind: 'ask', reason: 'first' },
    });
  });

  it('asks first in opt-out mode too where no notice was shown, or another than the one in force', async () => {
    const policy = { mode: (): ConsentMode => 'opt-out' };
    const { check } = arrange({ standings: {}, policy });
    expect((await check()).decision).toEqual({ kind: 'ask', reason: 'first' });
    const shown: Standing = { ...granted, event: 'notice-shown', noticeId: 'gone', materialId: 'other' };
    const changed = arrange({ standings: { one: { use: shown } }, policy });
    expect((await changed.check()).decision).toEqual({ kind: 'ask', reason: 'notice-changed' });
  });

  it('says what follows from silence: the next question is sent where that is enough, and for nobody else', async () => {
    const policy = { mode: (): ConsentMode => 'opt-out', externalsAdmitted: true };
    const silence = async (wish: Parameters<typeof arrange>[0], who = someone) =>
      (await arrange({ policy, ...wish }).check(undefined, who)).silence;
    const shown: Standing = { ...granted, event: 'notice-shown', noticeId: 'gone', materialId: 'other' };
    const agreedToAnother: Standing = { ...granted, noticeId: 'gone', materialId: 'other' };
    expect(await silence({ standings: {} })).toBe('sends');
    expect(await silence({ standings: { one: { use: shown } } })).toBe('sends');
    expect(await silence({ standings: { one: { use: agreedToAnother } } })).toBe('asks-again');
    expect(await silence({ standings: { one: { use: withdrawn } } })).toBe('asks-again');
    expect(await silence({ standings: {} }, { ...someone, membership: 'guest' })).toBe('asks-again');
    expect(await silence({ standings: {}, policy: { mode: () => 'opt-in' } })).toBe('asks-again');
  });

  describe('where the notice is another than the one agreed to', () => {
    const reworded = aNotice('one', {
      statements: one.statements.map((said) => ({ ...said, text: { en: 'Not so.', ja: '違います。' } })),
    });
    const moved = aNotice('one', {}, { region: 'us' });

    it('tells of new words, and goes on', async () => {
      expect(await arrange({ notices: [reworded], known: [one] }).check()).toMatchObject({
        decision: { kind: 'allow', inform: true },
        before: undefined,
      });
    });

    it('asks again what changed in itself, and shows what it was before', async () => {
      expect(await arrange({ notices: [moved], known: [one] }).check()).toMatchObject({
        decision: { kind: 'ask', reason: 'notice-changed' },
        before: one,
        pseudonyms: undefined,
      });
    });

    it('asks again without it where it is on record no more', async () => {
      const verdict = await arrange({ notices: [moved] }).check();
      expect(verdict.decision).toEqual({ kind: 'ask', reason: 'notice-changed' });
      expect(verdict.before).toBeUndefined();
    });

    it('asks again where nobody can tell what the other was, also of a notice that has no id of its own', async () => {
      const unknown = { one: { use: { ...granted, noticeId: 'gone', materialId: '' } } };
      for (const notice of [moved, { ...moved, materialId: '' }])
        expect((await arrange({ standings: unknown, notices: [notice] }).check()).decision).toEqual({
          kind: 'ask',
          reason: 'notice-changed',
        });
    });
  });

  describe('where the vendor may train on what it is sent', () => {
    const use = { ...granted, noticeId: sharing.id, materialId: sharing.materialId };
    it.each<[string, Partial<Record<Purpose, Standing>>, object]>([
      ['both are agreed to', { use, training: use }, { kind: 'allow' }],
      ['use alone is', { use }, { kind: 'ask', reason: 'training' }],
      [
        'training was taken back',
        { use, training: { ...use, event: 'withdrawn' } },
        { kind: 'ask', reason: 'training' },
      ],
      [
        'training is agreed to no more',
        { use, training: { ...use, validUntil: START } },
        { kind: 'ask', reason: 'training' },
      ],
      ['use is to be asked for first', { training: use }, { kind: 'ask', reason: 'first' }],
      ['neither is agreed to', {}, { kind: 'ask', reason: 'first' }],
      ['use was taken back', { use: { ...use, event: 'withdrawn' } }, { kind: 'deny', reason: 'withdrawn' }],
      [
        'all was taken back',
        { use: { ...use, event: 'withdrawn' }, training: use },
        { kind: 'deny', reason: 'withdrawn' },
      ],
    ])('it asks for what is missing: %s', async (_where, standings, decision) => {
      const { check } = arrange({ standings: { one: standings }, notices: [sharing] });
      expect((await check()).decision).toMatchObject(decision);
    });

    it('is blocked where the organisation blocks its use, whatever is to be asked about training', async () => {
      const blocks: ConsentPolicy['blocks'] = (_tenant, _conversation, _vendor, purpose) => purpose === 'use';
      const { check } = arrange({ standings: { one: { use } }, notices: [sharing], policy: { blocks } });
      expect((await check()).decision).toEqual({ kind: 'deny', reason: 'blocked' });
    });

    it('is blocked where the organisation blocks training, of this vendor, there', async () => {
      const blocks: ConsentPolicy['blocks'] = (tenant, conversation, vendor, purpose) =>
        JSON.stringify([tenant, conversation, vendor, purpose]) === '["T1","C1","one","training"]';
      const standings = { one: { use, training: use } };
      const { check } = arrange({ standings, notices: [sharing], policy: { blocks } });
      expect((await check()).decision).toEqual({ kind: 'deny', reason: 'blocked' });
      const open = arrange({ standings: { one: { use: granted } }, policy: { blocks } });
      expect((await open.check()).decision.kind).toBe('allow');
    });
  });

  describe('where the ledger cannot be read', () => {
    it('denies, and the log says by what class of error', async () => {
      const { check, errors } = arrange({ standings: new RangeError('CANARY') });
      expect(await check()).toMatchObject({
        decision: { kind: 'deny', reason: 'ledger-unavailable' },
        vendor: 'one',
        pseudonyms: undefined,
      });
      expect(errors).toEqual([['ledger-unavailable', { errorClass: 'RangeError' }]]);
    });

    it('denies where it is found out only while a standing is read', async () => {
      const standing = (): never => {
        throw new RangeError('CANARY');
      };
      const { check, errors } = arrange({ standing });
      expect((await check()).decision).toEqual({ kind: 'deny', reason: 'ledger-unavailable' });
      expect(errors).toEqual([['ledger-unavailable', { errorClass: 'RangeError' }]]);
    });

    it('still tells who would answer', async () => {
      const { gate } = arrange({ standings: new RangeError(), policy: { vendor: () => 'two' } });
      expect(await gate.vendorInEffect(someone)).toBe('two');
    });
  });

  describe('asked about no vendor by name, means', () => {
    const both = { one: { use: granted }, two: { use: { ...granted, noticeId: two.id, materialId: two.materialId } } };

    it.each<[string, Parameters<typeof arrange>[0], string]>([
      ['the default where nobody chose', {}, 'one'],
      ['the person’s choice', { chosen: 'two' }, 'two'],
      ['the conversation’s or tenant’s, where the person has none', { policy: { vendor: () => 'two' } }, 'two'],
      ['the person’s before the conversation’s', { chosen: 'one', policy: { vendor: () => 'two' } }, 'one'],
      ['none that is not set up', { chosen: 'three', policy: { vendor: () => 'two' } }, 'two'],
      ['the default where no choice is set up', { chosen: 'three', policy: { vendor: () => 'four' } }, 'one'],
      [
        'none that is blocked there',
        {
          chosen: 'two',
          policy: {
            blocks: (_tenant, conversation, vendor, purpose) =>
              conversation === 'C1' && vendor === 'two' && purpose === 'use',
          },
        },
        'one',
      ],
      [
        'one of which training alone is blocked',
        { chosen: 'two', policy: { blocks: (_tenant, _conversation, _vendor, purpose) => purpose === 'training' } },
        'two',
      ],
    ])('%s', async (_which, wish, vendor) => {
      const { check, gate } = arrange({ standings: both, ...wish });
      expect((await check()).vendor).toBe(vendor);
      expect(await gate.vendorInEffect(someone, 'C1')).toBe(vendor);
    });

    it('what was decided for the person’s tenant and for that conversation', async () => {
      const vendor = (tenant: string, conversation: string | undefined): string | undefined =>
        tenant === 'T1' && conversation === 'C1' ? 'two' : undefined;
      const { gate } = arrange({ policy: { vendor } });
      expect([await gate.vendorInEffect(someone, 'C1'), await gate.vendorInEffect(someone)]).toEqual(['two', 'one']);
    });

    it('nothing else where one is named', async () => {
      expect((await arrange({ standings: both, chosen: 'one' }).check('two')).vendor).toBe('two');
    });
  });
});

describe('the notice that somebody’s standing rests on', () => {
  it('is the one of use, where it is on record', async () => {
    const { parts, subject } = arrange({ known: [one] });
    expect(await noticeBefore(parts, subject, 'one')).toBe(one);
    expect(await noticeBefore(parts, subject, 'two')).toBeUndefined();
    expect(await noticeBefore(parts, undefined, 'one')).toBeUndefined();
  });

  it('is none where the standing names none: the ledger is not asked', async () => {
    const { parts, subject } = arrange({ standings: { one: { use: { ...withdrawn, noticeId: '' } } } });
    let asked = 0;
    const ledger = {
      ...parts.ledger,
      notice: async () => {
        asked += 1;
        return undefined;
      },
    };
    expect(await noticeBefore({ ledger }, subject, 'one')).toBeUndefined();
    expect(await noticeBefore({ ledger }, subject, 'two')).toBeUndefined();
    expect(asked).toBe(0);
  });
});
