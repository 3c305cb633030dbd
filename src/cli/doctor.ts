import { DejirenError } from '../model/errors';
import { SettingsError } from '../settings/settings';
import { tellError } from './refusal';
import { faultLines } from './startup';

/** What was found. `advice` is what to do when it is not well. */
export interface Finding {
  readonly well: boolean;
  readonly found: string;
  readonly advice?: string | undefined;
}

/** One thing that is looked at. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<Finding>;
}

/** Runs the checks in order and prints a line each. Resolves to whether all is well; a check that throws is not. */
export async function runDoctor(checks: readonly Check[], print: (line: string) => void): Promise<boolean> {
  let allWell = true;
  for (const check of checks) {
    const { well, found, advice } = await examine(check);
    allWell &&= well;
    print(`${well ? '✓' : '✗'} ${check.name}: ${found}`);
    if (!well && advice !== undefined) print(`    ${advice}`);
  }
  print(allWell ? 'Everything is OK.' : 'Something needs attention: see ✗ above.');
  return allWell;
}

async function examine({ run }: Check): Promise<Finding> {
  try {
    return await run();
  } catch (error) {
    const found = `failed (${tellError(error)})`;
    return { well: false, found, advice: adviceOf(error) };
  }
}

/** Our own errors know what to do; of others nothing is repeated. */
function adviceOf(error: unknown): string | undefined {
  if (error instanceof SettingsError) return faultLines(error.faults).slice(1).join('\n  ').trim();
  return error instanceof DejirenError ? error.advice : undefined;
}
