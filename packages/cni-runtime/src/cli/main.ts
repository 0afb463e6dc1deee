#!/usr/bin/env node
/** cni. */
import { readFileSync } from 'node:fs';
import { cniProgram } from './program.ts';
import { runProgram } from './run-program.ts';

const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => abort.abort(new Error(`ended by ${signal}`)));
}
const program = cniProgram({
  version: JSON.parse(manifest).version,
  environment: process.env,
  signal: abort.signal,
  stdout: process.stdout,
  stderr: process.stderr,
});
process.exitCode = await runProgram(program, process.argv.slice(2), process.stderr);
