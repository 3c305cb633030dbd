import { createHash } from 'node:crypto';
import type { Finding } from '../judge/findings';
import type { Case } from '../plan/matrix';
import type { StandPlan } from '../plan/stand-plan';
import type { RunResult } from '../run-stand';

export type Verdict = 'held' | 'broken' | 'not-tried';

/** What a trial came to, as it is told to people and machines. It holds no canary, no secret and no text. */
export interface Report {
  readonly verdict: Verdict;
  readonly form: string;
  readonly startedAt: string;
  readonly seconds: number;
  /** Of dejiren, Node, the system and the tools, and the SHA-256 of the program that was tried. */
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
  /** SHA-256 over the settings' names and values; of secrets the names alone. */
  readonly settingsFingerprint: string;
  readonly runs: readonly ReportedRun[];
  readonly findings: readonly Finding[];
  readonly troubles: readonly string[];
  /** What was not looked at here, and why. */
  readonly notWatched: readonly string[];
  /** SHA-256 over all of the above. */
  readonly hash: string;
}

export interface ReportedRun {
  readonly plan: Omit<StandPlan, 'cases' | 'cutShort'>;
  readonly cases: readonly Case[];
  readonly cutShort: readonly Case[];
  readonly seen: RunResult['seen'];
}

export interface ReportParts
  extends Omit<Report, 'verdict' | 'runs' | 'findings' | 'troubles' | 'settings' | 'settingsFingerprint' | 'hash'> {
  readonly results: readonly RunResult[];
}

export function reportOf({ results, ...parts }: ReportParts): Report {
  const findings = results.flatMap((one) => one.findings);
  const troubles = results.flatMap((one) => one.troubles.map((trouble) => `${one.plan.name}: ${trouble}`));
  const settings = results[0]?.settings ?? {};
  const report = {
    verdict: verdictOf(findings, troubles, results),
    ...parts,
    settings,
    settingsFingerprint: sha256(settings),
    runs: results.map(({ plan: { cases, cutShort, ...plan }, seen }) => ({ plan, cases, cutShort, seen })),
    findings,
    troubles,
  };
  return { ...report, hash: sha256(report) };
}

/** A finding is one whatever else could not be tried. */
function verdictOf(findings: readonly Finding[], troubles: readonly string[], results: readonly RunResult[]): Verdict {
  if (findings.length > 0) return 'broken';
  return troubles.length > 0 || results.length === 0 ? 'not-tried' : 'held';
}

export const EXIT_STATUS: Readonly<Record<Verdict, number>> = { held: 0, broken: 1, 'not-tried': 2 };

/** Whether a report is as it was made. */
export function isUnchanged({ hash, ...report }: Report): boolean {
  return sha256(report) === hash;
}

/** Over JSON with its keys in order, so that the same content has the same hash wherever it was written. */
function sha256(content: unknown): string {
  return createHash('sha256').update(canonical(content)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const sorted = entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
