import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const flags = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Wshadow', '-Werror', '-static', '-s'];
const source = fileURLToPath(new URL('../../forwarder/forward.c', import.meta.url));

/** Compiles the forwarder into `folder` and returns its path. Throws Error that says what is missing. */
export function buildForwarder(folder: string): string {
  const path = join(folder, 'forwarder');
  const compiler = process.env['CC'] || 'gcc';
  const { error, status, stderr } = spawnSync(compiler, [...flags, '-o', path, source], {
    encoding: 'utf8',
  });
  if (error) throw new Error(`${compiler} cannot be run; install the packages gcc and libc6-dev`);
  if (status !== 0) throw new Error(`${compiler} failed:\n${stderr}`);
  return path;
}
