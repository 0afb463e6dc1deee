import { checks } from './checks/index.ts';
import { root } from './root.ts';
import { runChecks } from './run-checks.ts';
import { formatTally } from './tally.ts';
import { readWorkspace } from './workspace.ts';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(`no check ${unknown}; there are: ${checks.map((check) => check.name).join(' ')}`);
  process.exit(2);
}
const chosen = checks.filter((check) => names.length === 0 || names.includes(check.name));
const tally = await runChecks(chosen, readWorkspace(root));
console.log(formatTally(tally));
process.exitCode = tally.failed === 0 ? 0 : 1;
