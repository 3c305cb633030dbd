import type { LedgerRow } from '../consent/chain/row';
import type { Notice } from '../consent/notice';
import type { PersonRecord } from '../consent/proof';
import { type Controller, STATUS } from './consent-record';
import { nameOf, RECORD_SCHEMA, timeOf } from './json-ld';

/**
 * Bytes of what is listed in one part, so that the signed part fits into one message: Slack takes some 13,000
 * characters in all, and a JWS has four for three bytes.
 */
const PART_BYTES = 7_000;

/** What is kept of everybody who asks, apart from the ledger. */
const ALSO_KEPT = {
  en: 'Keyed hashes of the person’s id with the number of questions of the last hour, and of the ids of messages for a day. No words.',
  ja: '本人のIDの鍵付きハッシュと直近1時間の質問数、およびメッセージIDの鍵付きハッシュ（1日間）。会話の内容は保存しません。',
};

/**
 * Everything that is on record about a person, in parts: who they are to the ledger, each decision, and each notice
 * that a decision names with every statement of it. Oldest first: what comes later changes no part that is full.
 */
export function exportParts({ person, subject, history }: PersonRecord, controller: Controller): readonly object[][] {
  const { platform, tenant } = person;
  const about = {
    '@id': nameOf('subject', subject.id),
    '@type': 'dpv:DataSubject',
    'dct:identifier': subject.id,
    platform,
    tenant,
    chosenVendor: subject.vendor ?? null,
    controller: { name: controller.name ?? null, contact: controller.contact ?? null },
    alsoKept: ALSO_KEPT,
  };
  const served = new Map(history.flatMap(({ notice }) => (notice === undefined ? [] : [[notice.id, notice]])));
  return packed([about, ...history.map(({ row }) => recordOf(row)), ...[...served.values()].flatMap(noticeNodes)]);
}

function recordOf(row: LedgerRow): object {
  return {
    '@id': nameOf('record', row.hash),
    '@type': 'dpv:ConsentRecord',
    'dct:conformsTo': RECORD_SCHEMA,
    ...(row.event !== 'erased' && { 'dpv:hasConsentStatus': { '@id': STATUS[row.event] } }),
    'dpv:hasNotice': { '@id': nameOf('notice', row.noticeId) },
    seq: row.seq,
    at: timeOf(row.at),
    event: row.event,
    vendor: row.vendor,
    purpose: row.purpose,
    validUntil: row.event === 'granted' ? timeOf(row.validUntil) : null,
    mode: row.mode,
    surface: row.surface,
    language: row.language,
    actor: row.actor,
    previous: row.previous,
    hash: row.hash,
  };
}

/** A notice, and each statement by itself: all of it might be more than a part holds. */
function noticeNodes({ id, materialId, vendorName, route, statements }: Notice): readonly object[] {
  const notice = { '@id': nameOf('notice', id) };
  return [
    { ...notice, '@type': 'dpv:ConsentNotice', 'dct:identifier': id, materialId, vendorName, route },
    ...statements.map((statement) => ({ '@type': 'Statement', 'dct:isPartOf': notice, ...statement })),
  ];
}

function packed(nodes: readonly object[]): readonly object[][] {
  const parts: object[][] = [];
  let left = 0;
  for (const node of nodes) {
    const bytes = Buffer.byteLength(JSON.stringify(node)) + 1;
    const last = parts.at(-1);
    if (last === undefined || bytes > left) {
      parts.push([node]);
      left = PART_BYTES - bytes;
    } else {
      last.push(node);
      left -= bytes;
    }
  }
  return parts;
}
