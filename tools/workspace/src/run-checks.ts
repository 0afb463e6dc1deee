import type { Check } from './checks/index.ts';
import type { Tally } from './tally.ts';
import type { Workspace } from './workspace.ts';

/** Runs the checks one after the other and says each outcome. */
export async function runChecks(checks: readonly Check[], workspace: Workspace): Promise<Tally> {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  for (const check of checks) {
    const start = performance.now();
    const problems = await check.problems(workspace);
    const time = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    tally[problems.length === 0 ? 'passed' : 'failed'] += 1;
    console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} check ${check.name} (${time})`);
    for (const problem of problems) console.log(problem.replaceAll(/^/gm, '       '));
  }
  return tally;
}
