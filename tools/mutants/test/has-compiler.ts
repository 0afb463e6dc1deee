import { spawnSync } from 'node:child_process';

/** The forwarder is compiled: without a compiler there is no reference plugin to be tried. */
export function hasCompiler(): boolean {
  const compiler = process.env['CC'] || 'gcc';
  if (spawnSync(compiler, ['--version']).status === 0) return true;
  console.error(
    `SKIPPED the gate on mutants: no ${compiler}; install the packages gcc and libc6-dev`,
  );
  return false;
}
