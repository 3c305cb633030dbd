import type { LedgerRow } from '../consent/chain/row';
import type { RecordedDecision } from '../consent/ledger';
import { type Notice, type StatementKey, wordingHashOf } from '../consent/notice';
import type { Bilingual } from '../model/article';
import { nameOf, RECORD_SCHEMA, statementName, timeOf } from './json-ld';

/** Who answers for the data, as the settings say; undefined where they do not. */
export interface Controller {
  readonly name: string | undefined;
  readonly contact: string | undefined;
}

/** DPV's states of consent. A notice that was shown is none: it is a request. */
export const STATUS = {
  granted: 'dpv:ConsentGiven',
  withdrawn: 'dpv:ConsentWithdrawn',
  'notice-shown': 'dpv:ConsentRequested',
} as const satisfies Record<Exclude<LedgerRow['event'], 'erased'>, string>;

const PURPOSES: Readonly<Record<LedgerRow['purpose'], { type: string; title: Bilingual }>> = {
  use: {
    type: 'dpv:RequestedServiceProvision',
    title: { en: 'Answering the person’s questions', ja: '本人の質問への回答' },
  },
  training: {
    type: 'dpv:ImproveExistingProductsAndServices',
    title: { en: 'Training of the vendor’s models', ja: 'ベンダーのモデルの学習' },
  },
};

const WORDS = {
  data: {
    en: 'The person’s questions and attachments, and the context that the notice describes',
    ja: '本人の質問と添付ファイル、および「データの取り扱い」に記載された会話の内容',
  },
  controller: {
    en: 'The organisation that runs this dejiren (not named in its settings)',
    ja: 'このdejirenを運用する組織（設定に名称がありません）',
  },
  contact: { en: 'The administrators of the chat workspace', ja: 'チャットの管理者' },
  unknown: { en: 'No longer on record', ja: '記録が残っていません' },
  unsaid: { en: 'The notice does not say', ja: '「データの取り扱い」に記載がありません' },
  untilDecided: { en: 'Until the person decides', ja: '本人が選択するまで' },
  untilGranted: { en: 'Until the person agrees again', ja: '本人が再度同意するまで' },
} as const satisfies Record<string, Bilingual>;

/** Codes of places for which DPV has one. */
const PLACES: Readonly<Record<string, string>> = {
  jp: 'JP',
  eu: 'EU',
  us: 'US',
  uk: 'GB',
  ch: 'CH',
  ca: 'CA',
  au: 'AU',
  in: 'IN',
  kr: 'KR',
  sg: 'SG',
  br: 'BR',
  ae: 'AE',
};

/** A row of the ledger as a consent record of ISO/IEC TS 27560, in the language that the person decided in. */
export function consentRecord({ row, notice }: RecordedDecision, controller: Controller): object {
  const say = (words: Bilingual): string => words[row.language];
  const stated = (key: StatementKey): object => statementOf(notice, key, row.language);
  const place = processingLocation(notice, row.language);
  return {
    '@id': nameOf('record', row.hash),
    '@type': 'dpv:ConsentRecord',
    'dct:conformsTo': RECORD_SCHEMA,
    'dct:identifier': row.hash,
    'dpv:hasDataSubject': { '@id': nameOf('subject', row.subject), 'dct:identifier': row.subject },
    'dpv:hasNotice': noticeOf(row, notice),
    'dpv:hasPurpose': { '@type': PURPOSES[row.purpose].type, 'dct:title': say(PURPOSES[row.purpose].title) },
    'dpv:hasPersonalData': { '@type': 'pd:Communication', 'dct:description': say(WORDS.data) },
    'dpv:hasDataController': controllerOf(controller, row.language),
    'dpv:hasRecipient': recipientOf(row, notice),
    'dpv:hasRecipientThirdParty': { '@type': 'dpv:ThirdParty', ...stated('third-parties') },
    'dpv:hasStorageCondition': [
      { '@type': 'dpv:StorageLocation', 'dpv:hasLocation': place, ...stated('residency') },
      { '@type': 'dpv:StorageDuration', ...stated('retention') },
    ],
    'dpv:hasJurisdiction': place,
    'dpv:hasConsentControl': {
      '@type': 'dpv:WithdrawConsent',
      'dpv:isExercisedAt': `/dejiren-optin off ${row.vendor}`,
    },
    ...(row.event !== 'notice-shown' && { 'dpv:hasLegalBasis': { '@id': 'dpv:ExpressedConsent' } }),
    'dpv:hasConsentStatus': statusOf(row),
    platform: row.platform,
    tenant: row.tenant,
    vendor: row.vendor,
    purpose: row.purpose,
    event: row.event,
    ...routeOf(notice),
    surface: row.surface,
    language: row.language,
    actor: row.actor,
    mode: row.mode,
    ledger: { seq: row.seq, previous: row.previous, hash: row.hash },
  };
}

function controllerOf({ name, contact }: Controller, language: keyof Bilingual): object {
  return {
    '@id': 'urn:dejiren:controller',
    '@type': ['dpv:Organisation', 'dpv:DataController'],
    'dct:identifier': 'controller',
    'dpv:hasName': name ?? WORDS.controller[language],
    'dpv:hasContact': contact ?? WORDS.contact[language],
  };
}

function recipientOf({ vendor, language }: LedgerRow, notice: Notice | undefined): object {
  return {
    '@id': nameOf('vendor', vendor),
    '@type': ['dpv:Organisation', 'dpv:Recipient'],
    'dct:identifier': vendor,
    'dpv:hasName': notice?.vendorName ?? vendor,
    'dpv:hasContact': contactOf(notice) ?? WORDS.unknown[language],
  };
}

function statusOf({ event, at, subject, surface, validUntil, language }: LedgerRow): object {
  const untilEvent = event === 'withdrawn' ? WORDS.untilGranted : WORDS.untilDecided;
  return {
    '@type': event === 'erased' ? STATUS.withdrawn : STATUS[event],
    'dpv:isIndicatedAtTime': timeOf(at),
    'dpv:isIndicatedBy': { '@id': nameOf('subject', subject) },
    'dpv:hasIndicationMethod': surface,
    'dpv:hasDuration':
      event === 'granted'
        ? { '@type': 'dpv:UntilTimeDuration', 'rdf:value': timeOf(validUntil) }
        : { '@type': 'dpv:UntilEventDuration', 'rdf:value': untilEvent[language] },
  };
}

function noticeOf(row: LedgerRow, notice: Notice | undefined): object {
  return {
    '@id': nameOf('notice', row.noticeId),
    '@type': 'dpv:ConsentNotice',
    'dct:identifier': row.noticeId,
    'dct:language': row.language,
    ...(notice !== undefined && { wordingHash: wordingHashOf(notice, row.language) }),
  };
}

/** Where it goes, and what of a chat goes along: what the settings decided when the notice was served. */
function routeOf(notice: Notice | undefined): object {
  if (notice === undefined) return { region: '', endpoint: '', model: '' };
  const { region, endpoint, model, context = 'own', memory, redaction } = notice.route;
  return {
    region,
    endpoint,
    model,
    context,
    ...(memory !== undefined && { memory }),
    ...(redaction !== undefined && { redaction }),
  };
}

function statementOf(notice: Notice | undefined, key: StatementKey, language: keyof Bilingual): object {
  const found = notice?.statements.find((one) => one.key === key);
  if (notice !== undefined && found !== undefined)
    return { '@id': statementName(notice.id, key), value: found.value, 'dct:description': found.text[language] };
  return { 'dct:description': (notice === undefined ? WORDS.unknown : WORDS.unsaid)[language] };
}

/** A place of DPV's, or the words for one that has no code. */
function processingLocation(notice: Notice | undefined, language: keyof Bilingual): object | string {
  if (notice === undefined) return WORDS.unknown[language];
  const { region } = notice.route;
  const code = PLACES[region];
  return code === undefined ? region : { '@id': `loc:${code}` };
}

/** Where a vendor speaks of its data handling. */
function contactOf(notice: Notice | undefined): string | undefined {
  return notice?.statements.map(({ source }) => source.url || source.title).find((words) => words !== '');
}
