import type { DecisionCount, StandingCount } from '../consent/audit';
import type { LedgerHead, LedgerRow } from '../consent/chain/row';
import type { Notice } from '../consent/notice';
import { counted } from './counted';

/** Counts below this could identify a person where few people are. */
const SMALL = 5;

export interface LedgerReport {
  readonly head: LedgerHead;
  readonly decisions: readonly DecisionCount[];
  readonly standings: readonly StandingCount[];
}

const DECISION_COLUMNS = ['month', 'vendor', 'purpose', 'event', 'mode', 'count'] as const;
const STANDING_COLUMNS = ['vendor', 'purpose', 'event', 'people'] as const;

/** What `dejiren ledger report` prints for people: how many stand where now, and what was decided month by month. */
export function reportText({ head, decisions, standings }: LedgerReport): readonly string[] {
  const people = standings.map((row) => STANDING_COLUMNS.map((name) => marked(row[name])));
  const months = decisions.map((row) => DECISION_COLUMNS.map((name) => marked(row[name] === '' ? '–' : row[name])));
  const anySmall = [...standings.map((row) => row.people), ...decisions.map(({ count }) => count)].some(isSmall);
  return [
    `The ledger has ${counted(head.seq, 'row')}.`,
    '',
    'People by their latest decision (an agreement may have expired since):',
    ...table(STANDING_COLUMNS, people),
    '',
    'Decisions by month (UTC):',
    ...table(DECISION_COLUMNS, months),
    ...(anySmall ? ['', `* fewer than ${SMALL}: in a small organisation this may identify a person.`] : []),
  ];
}

/** The decisions as CSV (RFC 4180); `small` marks counts that may point to somebody. */
export function reportCsv({ decisions }: LedgerReport): readonly string[] {
  return [
    csvLine([...DECISION_COLUMNS, 'small']),
    ...decisions.map((row) => csvLine([...DECISION_COLUMNS.map((name) => row[name]), isSmall(row.count)])),
  ];
}

export function reportJson({ head, decisions, standings }: LedgerReport): readonly string[] {
  const report = {
    head,
    standings: standings.map((row) => ({ ...row, small: isSmall(row.people) })),
    decisions: decisions.map((row) => ({ ...row, small: isSmall(row.count) })),
  };
  return [JSON.stringify(report, null, 2)];
}

const ROW_COLUMNS = [
  'seq',
  'at',
  'subject',
  'platform',
  'tenant',
  'event',
  'vendor',
  'purpose',
  'noticeId',
  'mode',
  'surface',
  'language',
  'actor',
  'validUntil',
  'previous',
  'hash',
] as const satisfies readonly (keyof LedgerRow)[];

/** Every row as CSV: a line each, times in milliseconds since the epoch as they are hashed. */
export async function* rowsCsv(rows: AsyncIterable<LedgerRow>): AsyncIterable<string> {
  yield csvLine(ROW_COLUMNS);
  for await (const row of rows) yield csvLine(ROW_COLUMNS.map((name) => row[name]));
}

/** The whole ledger as one JSON document with a row a line: the head, the rows, the notices as they were served. */
export async function* ledgerJson(
  head: LedgerHead,
  rows: AsyncIterable<LedgerRow>,
  notices: AsyncIterable<Notice>,
): AsyncIterable<string> {
  yield `{"head":${JSON.stringify(head)},"rows":[`;
  yield* list(rows);
  yield '],"notices":[';
  yield* list(notices);
  yield ']}';
}

async function* list(items: AsyncIterable<object>): AsyncIterable<string> {
  let before: string | undefined;
  for await (const item of items) {
    if (before !== undefined) yield `${before},`;
    before = JSON.stringify(item);
  }
  if (before !== undefined) yield before;
}

function isSmall(count: number): boolean {
  return count < SMALL;
}

function marked(value: string | number): string {
  return typeof value === 'number' && isSmall(value) ? `${value}*` : String(value);
}

/** Columns in line, two spaces between. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return ['  none'];
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  return [titles, ...rows].map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

function csvLine(values: readonly (string | number | boolean)[]): string {
  const cell = (value: string): string => (/[",\r\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return `${values.map((value) => cell(String(value))).join(',')}\r`;
}
