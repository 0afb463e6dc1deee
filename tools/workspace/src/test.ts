import { buildRelay } from './build-relay.ts';
import { checks } from './checks/index.ts';
import { IsolationError } from './isolation-error.ts';
import { root } from './root.ts';
import { runChecks } from './run-checks.ts';
import { runVitest } from './run-vitest.ts';
import { formatTally, sumTallies } from './tally.ts';
import { readWorkspace } from './workspace.ts';

const usage = `npm test [-- --long] [-- words for vitest]
  Checks the repository, builds the relay and runs every test in network namespaces of their own.
  --long        also the soaks, which take longer (npm run test:long)
  other words   go to vitest, as --project ipam; the checks are then left out`;

const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log(usage);
  process.exit(0);
}
const long = words.includes('--long');
const forVitest = words.filter((word) => word !== '--long');

try {
  const tallies = forVitest.length === 0 ? [await runChecks(checks, readWorkspace(root))] : [];
  tallies.push(buildRelay());
  const outcomes = await runVitest(forVitest, { long });
  for (const { test, reason } of outcomes.skips) console.log(`SKIPPED ${test}: ${reason}`);
  const tally = sumTallies(...tallies, outcomes);
  console.log(formatTally(tally));
  process.exitCode = tally.failed === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof IsolationError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
