#!/usr/bin/env node
/** cni-conformance. */
import { again } from './cli/again.ts';
import { program } from './cli/program.ts';
import { runProgram } from './cli/run-program.ts';
import { packageVersion } from './cli/version.ts';

const argv = process.argv.slice(2);
const viaNpm = process.env['npm_lifecycle_event'] === 'conformance';
let code = 0;
const { stdout, stderr } = process;
code = await runProgram(
  program({
    version: packageVersion(),
    streams: { stdout, stderr },
    again: again(viaNpm ? 'npm run conformance --' : 'cni-conformance', argv),
    setExitCode: (found) => {
      code = found;
    },
  }),
  argv,
  { stderr, exitCode: () => code },
);
// What was interrupted may still wait for a program that does not end.
process.exitCode = code;
if (code > 2) stdout.write('', () => process.exit());
