import { DOINGS, DOORS, OPT_OUTS, OUTCOMES, RESTARTS, type Scene, VENDORS } from '../plan/matrix';
import { DOOR_WORDS, PLACE_WORDS, SCENE_WORDS, VENDOR_WORDS } from '../plan/words';
import type { Report, ReportedRun, Verdict } from './report';
import { findingLine } from './terminal';

const VERDICTS: Readonly<Record<Verdict, readonly [string, string]>> = {
  held: [
    'The promises held',
    'In everything that was searched, nothing was saved, nothing leaked, and nothing was sent without consent.',
  ],
  broken: ['A promise was broken', 'See what was found below.'],
  'not-tried': ['The promises could not be tested', 'See what went wrong below. This run proves nothing.'],
};

const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5a6470;--line:#d8dde3;--paper:#fff;--wash:#f5f7f9;--held:#18794e;--broken:#c62a2f;--tried:#e6f4ec;--red:#fbe3e4}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebee;--soft:#9aa5b1;--line:#343b43;--paper:#14171a;--wash:#1c2025;--held:#4cc38a;--broken:#ff8b8b;--tried:#17362a;--red:#4a1d20}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,"Noto Sans","Noto Sans CJK JP",sans-serif}
main{max-width:64rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1{font-size:1.1rem;margin:0 0 1.5rem;font-weight:600;color:var(--soft)}
h2{font-size:1.15rem;margin:2.75rem 0 .75rem}
.verdict{border-left:.4rem solid var(--held);background:var(--wash);padding:1.1rem 1.4rem;border-radius:.4rem}
.verdict.broken,.verdict.not-tried{border-color:var(--broken)}
.verdict strong{display:block;font-size:1.7rem;line-height:1.25}
.held strong{color:var(--held)}.broken strong,.not-tried strong{color:var(--broken)}
.numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:.75rem;margin:1.25rem 0 0;padding:0;list-style:none}
.numbers li{border:1px solid var(--line);border-radius:.4rem;padding:.6rem .8rem;color:var(--soft);font-size:.875rem}
.numbers b{display:block;font-size:1.35rem;color:var(--ink);font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{border-bottom:1px solid var(--line);padding:.45rem .6rem;text-align:left;vertical-align:top}
thead th{color:var(--soft);font-weight:600;white-space:nowrap}
tbody th{font-weight:500}
td.tried{background:var(--tried)}
td.found{background:var(--red);box-shadow:inset .2rem 0 var(--broken)}
td small{display:block;color:var(--soft)}
code{font:.85em ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
ul.list{padding-left:1.2rem}
.bad li{color:var(--broken)}
dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.25rem 1rem;font-size:.9rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
@media (max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}.numbers{grid-template-columns:repeat(2,1fr)}}
@media print{main{padding:0}}
`;

/** The report as one page that needs nothing else: no script, no address, no font. */
export function htmlPage(report: Report): string {
  const { verdict, runs, findings, troubles, notWatched, versions, settings } = report;
  const [title, words] = VERDICTS[verdict];
  const sum = (of: (run: ReportedRun) => number): number => runs.reduce((all, run) => all + of(run), 0);
  const asked = sum(({ cases, cutShort }) => cases.length + cutShort.length);
  const numbers: readonly (readonly [number, string])[] = [
    [asked, 'questions asked'],
    [runs.length, 'runs of the program'],
    [sum(({ seen }) => seen.systemCalls), 'system calls'],
    [sum(({ seen }) => seen.filesChanged.length), 'files new or changed'],
    [sum(({ seen }) => seen.rows), 'rows of databases'],
    [sum(({ seen }) => seen.streamBytes), 'bytes on standard streams'],
    [sum(({ seen }) => seen.pages + seen.answers), 'pages and HTTP answers'],
    [sum(({ seen }) => seen.memoryBytes), 'bytes of memory'],
    [sum(({ seen }) => seen.vendorRequests), 'requests to vendors'],
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>dejiren prove: ${escaped(title)}</title><style>${STYLE}</style></head><body><main>
<h1>dejiren prove · ${escaped(report.form)} · ${escaped(report.startedAt)} · ${report.seconds} s</h1>
<div class="verdict ${verdict}"><strong>${escaped(title)}</strong>${escaped(words)}</div>
<ul class="numbers">${numbers.map(([count, what]) => `<li><b>${count.toLocaleString('en')}</b>${what}</li>`).join('')}</ul>
${section('What was found', 'bad', findings.map(findingLine))}
${section('What could not be tested', 'bad', troubles)}
${section('What was not watched', '', notWatched)}
<h2>What was tried</h2>${matrices(report)}
<h2>How the program was ended in mid-answer</h2><div class="scroll">${ends(runs)}</div>
<h2>Files that were new or changed</h2><ul class="list">${[...new Set(runs.flatMap(({ seen }) => seen.filesChanged))].map((path) => `<li><code>${escaped(path)}</code></li>`).join('')}</ul>
<h2>The program and its settings</h2>${list(versions)}
<p>Of secrets, only that they are set is told; addresses on this machine are the doubles’.</p>${list(settings)}
<h2>Hashes</h2>${list({ 'Fingerprint of the settings': report.settingsFingerprint, 'This report': report.hash })}
</main></body></html>
`;
}

function section(title: string, style: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `<h2>${title}</h2><ul class="list ${style}">${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`;
}

/** One table for what vendors and platforms do, one for what people do, one for what a restart or opt-out changes. */
function matrices({ runs, findings }: Report): string {
  const found = new Set(findings.flatMap(({ cases }) => cases));
  const tables: readonly (readonly [string, readonly Scene[]])[] = [
    ['What vendors and platforms do', OUTCOMES],
    ['What people do about their consent', DOINGS],
    ['Under other rules', [...RESTARTS, ...OPT_OUTS]],
  ];
  return tables.map(([title, scenes]) => matrix(title, scenes, runs, found)).join('');
}

/** What happens down, vendors across; in each cell the ways in with their conversations. Red: something was found. */
function matrix(
  title: string,
  scenes: readonly Scene[],
  runs: readonly ReportedRun[],
  found: ReadonlySet<string>,
): string {
  const cases = runs.flatMap(({ cases: own }) => own).filter(({ scene }) => scenes.includes(scene));
  if (cases.length === 0) return '';
  const vendors = VENDORS.filter((vendor) => cases.some((one) => one.vendor === vendor));
  const cell = (scene: Scene, vendor: string): string => {
    const here = cases.filter((one) => one.scene === scene && one.vendor === vendor);
    if (here.length === 0) return '<td>–</td>';
    const doors = DOORS.flatMap((door) => {
      const places = here.filter((one) => one.door === door).map(({ place }) => PLACE_WORDS[place]);
      return places.length === 0 ? [] : [`${DOOR_WORDS[door]}<small>${[...new Set(places)].join(', ')}</small>`];
    });
    return `<td class="${here.some(({ id }) => found.has(id)) ? 'found' : 'tried'}">${doors.join('')}</td>`;
  };
  const rows = scenes
    .filter((scene) => cases.some((one) => one.scene === scene))
    .map(
      (scene) =>
        `<tr><th scope="row">${SCENE_WORDS[scene]}</th>${vendors.map((vendor) => cell(scene, vendor)).join('')}</tr>`,
    );
  const head = vendors.map((vendor) => `<th scope="col">${VENDOR_WORDS[vendor]}</th>`).join('');
  return `<div class="scroll"><table><thead><tr><th scope="col">${title}</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function ends(runs: readonly ReportedRun[]): string {
  const rows = runs
    .filter(({ cutShort }) => cutShort.length > 0)
    .map(({ plan, cutShort }) => {
      const which = cutShort.map(({ vendor, door }) => `${VENDOR_WORDS[vendor]} (${DOOR_WORDS[door]})`).join(', ');
      return `<tr><th scope="row">${plan.end}</th><td>${plan.surroundings}</td><td>${which}</td></tr>`;
    });
  return `<table><thead><tr><th scope="col">By</th><th scope="col">Environment</th><th scope="col">Answers in progress</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function list(entries: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entries).map(
    ([name, value]) => `<dt>${escaped(name)}</dt><dd><code>${escaped(value)}</code></dd>`,
  );
  return `<dl>${lines.join('')}</dl>`;
}

function escaped(words: string): string {
  return words.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/"/gu, '&quot;');
}
