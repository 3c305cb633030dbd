import { FINDING_WORDS, type Finding } from '../judge/findings';
import { type Case, DOINGS, OPT_OUTS, OUTCOMES, RESTARTS, VENDORS } from '../plan/matrix';
import { DOOR_WORDS, SCENE_WORDS, VENDOR_WORDS } from '../plan/words';
import { FIELD_WORDS } from '../watch/canaries';
import type { Report, ReportedRun, Verdict } from './report';

const VERDICTS: Readonly<Record<Verdict, string>> = {
  held: 'The promises held.',
  broken: 'A PROMISE WAS BROKEN.',
  'not-tried': 'The promises could not be tested.',
};

/** A report as it is read in a terminal. */
export function terminalLines(report: Report): readonly string[] {
  const { runs, findings, troubles, notWatched } = report;
  const cases = runs.flatMap(({ cases: own, cutShort }) => [...own, ...cutShort]);
  const sum = (of: (run: ReportedRun) => number): string =>
    runs.reduce((all, run) => all + of(run), 0).toLocaleString('en');
  return [
    '',
    `Tested: ${cases.length} questions in ${runs.length} runs of the program, ${report.seconds} s`,
    ...tableOf(runs, new Set(findings.flatMap((one) => one.cases))),
    '',
    'Ended in mid-answer:',
    ...runs
      .filter(({ cutShort }) => cutShort.length > 0)
      .map(
        ({ plan, cutShort }) =>
          `  ${plan.end} (${plan.surroundings} environment): ${cutShort.map(({ vendor, door }) => `${VENDOR_WORDS[vendor]} by ${DOOR_WORDS[door]}`).join('; ')}`,
      ),
    '',
    'Searched:',
    `  ${sum(({ seen }) => seen.systemCalls)} system calls, ${sum(({ seen }) => seen.filesChanged.length)} files, ${sum(({ seen }) => seen.rows)} database rows,`,
    `  ${sum(({ seen }) => seen.streamBytes)} bytes from standard streams, ${sum(({ seen }) => seen.pages)} pages, ${sum(({ seen }) => seen.answers)} HTTP answers,`,
    `  ${sum(({ seen }) => seen.memoryBytes)} bytes of memory, ${sum(({ seen }) => seen.vendorRequests)} requests to vendors`,
    ...notWatched.map((what) => `  NOT WATCHED: ${what}`),
    '',
    ...findings.map((finding) => `  ✗ ${findingLine(finding)}`),
    ...troubles.map((trouble) => `  ? ${trouble}`),
    ...(findings.length + troubles.length > 0 ? [''] : []),
    VERDICTS[report.verdict],
    `  program   ${report.versions.dejiren} (${report.versions['dist/dejiren.js']?.slice(0, 16)}…)`,
    `  settings  ${report.settingsFingerprint}`,
    `  report    ${report.hash}`,
  ];
}

/** What happens down, vendors across: how many questions of each were tried; `!` where something was found. */
function tableOf(runs: readonly ReportedRun[], found: ReadonlySet<string>): readonly string[] {
  const cases = runs.flatMap(({ cases: own }) => own);
  const columns = VENDORS.filter((vendor) => cases.some((one) => one.vendor === vendor));
  const width = (vendor: (typeof VENDORS)[number]): number => VENDOR_WORDS[vendor].length + 2;
  const head = columns.map((vendor) => VENDOR_WORDS[vendor].padStart(width(vendor))).join('');
  return [
    `  ${''.padEnd(32)}${head}`,
    ...SCENES.filter((scene) => cases.some((one) => one.scene === scene)).map((scene) => {
      const cells = columns.map((vendor) => {
        const here = cases.filter((one) => one.scene === scene && one.vendor === vendor);
        return cellOf(here, found).padStart(width(vendor));
      });
      return `  ${SCENE_WORDS[scene].padEnd(32)}${cells.join('')}`;
    }),
  ];
}

const SCENES = [...OUTCOMES, ...DOINGS, ...RESTARTS, ...OPT_OUTS] as const;

function cellOf(cases: readonly Case[], found: ReadonlySet<string>): string {
  const mark = cases.some(({ id }) => found.has(id)) ? '!' : '';
  return cases.length === 0 ? '·' : `${mark}${cases.length}`;
}

export function findingLine({ kind, fields, place, run, forms, cases }: Finding): string {
  const what = fields.length === 0 ? '' : `${fields.map((field) => FIELD_WORDS[field]).join(', ')} `;
  const how = forms.length === 0 ? '' : `, ${forms.slice(0, 3).join(', ')}`;
  const which = cases.length === 0 ? '' : `, ${cases.length} question${cases.length === 1 ? '' : 's'}`;
  return `${what}${FINDING_WORDS[kind]}: ${place} (${run}${how}${which})`;
}
