/** One thing that was looked at. `advice` is what to do when it is not well. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<{ readonly well: boolean; readonly found: string; readonly advice?: string }>;
}

/** Runs the checks in order and prints a line each. Resolves to whether all is well; a check that throws is not. */
export async function runDoctor(checks: readonly Check[], print: (line: string) => void): Promise<boolean> {
  let allWell = true;
  for (const { name, run } of checks) {
    const result = await run().catch((error: unknown) => ({
      well: false,
      found: `failed (${error instanceof Error ? error.name : typeof error})`,
      advice: undefined,
    }));
    allWell &&= result.well;
    print(`${result.well ? '✓' : '✗'} ${name}: ${result.found}`);
    if (!result.well && result.advice !== undefined) print(`    ${result.advice}`);
  }
  print(allWell ? 'All is well.' : 'Something needs attention: see ✗ above.');
  return allWell;
}
