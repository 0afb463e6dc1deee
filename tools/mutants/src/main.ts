/** `npm run conformance:matrix`: every case against every mutant of its roles, as a table. */
import { parseArgs } from 'node:util';
import { type Role, roles, runAll } from '@vcn-cni/cni-conformance';
import { namedBy } from './gate/gaps.ts';
import { casesOf, tries } from './gate/tries.ts';
import { isCaught, tryReference } from './gate/try-reference.ts';
import { installPlugins } from './install.ts';

const usage = `npm run conformance:matrix [-- options]
  --role ROLE    interface, chained, ipam, loopback or meta; default: all
  --mutant NAME  this one only
  --fast         only the cases that are marked fast, and those that name the mutant
  --json         one JSON object`;

const { values } = parseArgs({
  options: {
    role: { type: 'string' },
    mutant: { type: 'string' },
    fast: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const chosen = tries.filter(
  ({ role, mutant }) =>
    (values.role === undefined || role === values.role) &&
    (values.mutant === undefined || mutant.name === values.mutant),
);
if (chosen.length === 0) {
  const known = roles.includes((values.role ?? 'meta') as Role);
  process.stderr.write(
    `no ${known ? `mutant ${values.mutant}` : `role ${values.role}`}\n${usage}\n`,
  );
  process.exit(2);
}

const began = performance.now();
await using installed = await installPlugins();
const rows: { mutant: string; role: Role; caught: string[]; missed: string[] }[] = [];
for await (const row of runAll(chosen, 2, async ({ mutant: { name }, role }) => {
  const cases = casesOf(role).filter(
    (each) => !values.fast || each.fast === true || namedBy(each).includes(name),
  );
  const reports = await tryReference(installed, role, cases, { mutant: name });
  const caught = reports.filter(isCaught).map(({ id }) => id);
  const named = cases.filter((each) => namedBy(each).includes(name)).map(({ id }) => id);
  return { mutant: name, role, caught, missed: named.filter((id) => !caught.includes(id)) };
})) {
  rows.push(row);
  if (values.json) continue;
  const missed = row.missed.length === 0 ? '' : `; NOT BY ${row.missed.join(', ')}`;
  process.stdout.write(
    `${`${row.mutant} (${row.role})`.padEnd(60)} ${row.caught.join(' ') || 'nobody'}${missed}\n`,
  );
}
const seconds = Math.round((performance.now() - began) / 1000);
const missed = rows.filter((row) => row.missed.length > 0).length;
process.stdout.write(
  values.json
    ? `${JSON.stringify({ rows, seconds })}\n`
    : `${rows.length} mutants, ${missed} missed by a case that names them, ${seconds} s\n`,
);
process.exitCode = missed === 0 ? 0 : 1;
