import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsentPerson, WithdrawalListener } from '../../src/consent/consent';
import { createConsentHandler } from '../../src/consent/consent-handler';
import { type ConsentPolicy, createConsentGate } from '../../src/consent/gate';
import { createNotice, type Notice, type Statement } from '../../src/consent/notice';
import { createProofIssuer } from '../../src/proof/proof-issuer';
import { deriveSigningKeys } from '../../src/proof/signing-keys';
import { createSqliteStore } from '../../src/store/sqlite/store';
import { VENDOR_WORDS } from '../../src/vendors/registry';

export const SECRET = Buffer.alloc(32, 3);
export const keys = deriveSigningKeys(SECRET, 1);

export const quietLog = { debug() {}, info() {}, warn() {}, error() {} };

export const statement: Statement = {
  key: 'training',
  value: 'no',
  text: { en: 'Not used for training.', ja: '学習に使いません。' },
  source: { title: 'The vendor’s page', url: 'https://vendor.example/privacy' },
  checkedOn: '2026-01-01',
  reviewBy: '2027-01-01',
};

export function aNotice(vendor: string, change: Partial<Notice> = {}, route: Partial<Notice['route']> = {}): Notice {
  return createNotice({
    vendor,
    vendorName: `Vendor ${vendor}`,
    route: { vendor, endpoint: `${vendor}.example`, region: 'jp', model: 'm', sharesForTraining: false, ...route },
    statements: [statement],
    ...change,
  });
}

export const someone: ConsentPerson = { platform: 'slack', tenant: 'T1', id: 'U-PLATFORM-ID', membership: 'member' };
export const START = Date.parse('2026-06-01T00:00:00Z');

/** Consent over a real file: the handler, the gate and the ledger, with a clock that the test sets. */
export function consentBench(
  wish: {
    readonly notices?: readonly Notice[];
    readonly policy?: Partial<ConsentPolicy>;
    readonly noticeFirst?: boolean;
    readonly folder?: string;
  } = {},
) {
  const folder = wish.folder ?? mkdtempSync(join(tmpdir(), 'dejiren-'));
  const path = join(folder, 'dejiren.db');
  const store = createSqliteStore({ path, secret: SECRET, log: quietLog });
  let now = START;
  const events: string[] = [];
  const parts = {
    ledger: store.ledger,
    notices: new Map((wish.notices ?? [aNotice('one'), aNotice('two')]).map((notice) => [notice.vendor, notice])),
    policy: {
      mode: () => 'opt-in' as const,
      blocks: () => false,
      residency: () => 'proven' as const,
      vendor: () => undefined,
      externalsAdmitted: false,
      grantDays: 365,
      ...wish.policy,
    },
    defaultVendor: 'one',
    proofs: createProofIssuer({ keys, controller: { name: 'Example Bank', contact: 'privacy@example.com' } }),
    now: () => now,
    log: quietLog,
  };
  const gate = createConsentGate(parts);
  const onWithdrawal: WithdrawalListener = (person, vendor) => {
    events.push(`withdrawn ${person.id} ${vendor ?? 'all'}`);
  };
  store.ledger.onWithdrawal(onWithdrawal);
  const handler = createConsentHandler({
    vendorWords: VENDOR_WORDS,
    ...parts,
    noticeFirst: wish.noticeFirst ?? false,
    onWithdrawal,
  });
  return {
    folder,
    path,
    parts,
    store,
    gate,
    handler,
    events,
    setNow: (to: number) => {
      now = to;
    },
    /** Closes the file and leaves it where it is. */
    close: () => store.close(),
    remove() {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
