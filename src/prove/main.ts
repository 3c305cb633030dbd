import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurns } from './in-turns';
import { type ProveCommand, parseProveCommand, USAGE } from './options';
import { ownSettings } from './own';
import { PLANTS } from './plants/list';
import type { Plant } from './plants/plant';
import { breakOff } from './program';
import { type Binaries, forecast, hasStrace, isExpected, prove } from './prove';
import { htmlPage } from './report/html';
import { createProgress, type Progress } from './report/progress';
import { EXIT_STATUS } from './report/report';
import { findingLine, terminalLines } from './report/terminal';

const place: Binaries = { main: join(__dirname, 'main.js'), plants: join(__dirname, 'plants.js') };
const SOURCE = {
  environment: process.env,
  workingDir: process.cwd(),
  readFile: (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
};
const print = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
const progress = createProgress(process.stderr);
/** Several leaks are tried at once: each tells its own line when it is over. */
const SILENT: Progress = { start() {}, step() {}, done() {} };

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    breakOff();
    process.exit(2);
  });

void run(parseProveCommand(process.argv.slice(2))).then((status) => {
  process.exitCode = status;
});

async function run(command: ProveCommand): Promise<number> {
  switch (command.do) {
    case 'help':
      print(USAGE);
      return 0;
    case 'unknown':
      print(`dejiren prove: cannot run with ${command.word}.`, '', USAGE);
      return 2;
    case 'plants':
      return tryPlants();
    case 'prove':
      return tryPromises(command);
  }
}

async function tryPromises({
  form,
  own: isOwn,
  plant: name,
  json,
  html,
}: Extract<ProveCommand, { do: 'prove' }>): Promise<number> {
  const plant = PLANTS.find((one) => one.name === name);
  const own = isOwn ? ownSettings(SOURCE, form) : undefined;
  if (form === 'full') print(forecast(own?.available));
  const report = await prove(
    { form, ...(plant !== undefined && { plant }), ...(own !== undefined && { own }) },
    place,
    progress,
  );
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  if (html !== undefined) writeFileSync(html, htmlPage(report));
  print(...terminalLines(report));
  return EXIT_STATUS[report.verdict];
}

/** Plants each leak: the trial is worth something where it finds every one, for what it is. */
async function tryPlants(): Promise<number> {
  const strace = hasStrace();
  const found = await inTurns(PLANTS, async (plant) => {
    if (plant.needsStrace === true && !strace) {
      print(`- ${plant.name.padEnd(22)} skipped: strace is not installed`);
      return true;
    }
    const verdict = await tryPlant(plant);
    print(verdict.line);
    return verdict.found;
  });
  const missed = found.filter((one) => !one).length;
  print('', missed === 0 ? 'Every leak was found.' : `${missed} leaks were NOT found.`);
  return missed === 0 ? 0 : 1;
}

async function tryPlant(plant: Plant): Promise<{ readonly found: boolean; readonly line: string }> {
  const { findings, troubles } = await prove({ form: 'quick', plant }, place, SILENT);
  const found = findings.find((one) => isExpected(plant, one));
  if (found !== undefined) return { found: true, line: `✓ ${plant.name.padEnd(22)} ${findingLine(found)}` };
  const others = [...findings.map(findingLine), ...troubles].join('; ') || 'nothing';
  return { found: false, line: `✗ ${plant.name.padEnd(22)} NOT FOUND; seen: ${others}` };
}
