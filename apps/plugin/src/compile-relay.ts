import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderContractHeader } from './c-header.ts';

const flags = [
  '-std=gnu11',
  '-O2',
  '-Wall',
  '-Wextra',
  '-Wpedantic',
  '-Wshadow',
  '-Wconversion',
  '-Werror',
  '-fstack-protector-strong',
  '-D_FORTIFY_SOURCE=2',
  '-ffunction-sections',
  '-static',
  '-s',
  '-Wl,--gc-sections,-z,relro,-z,now,-z,noexecstack',
];

/** The compiled relay, or in one sentence why there is none and what to do. */
export type RelayBuild = { path: string } | { failure: string };

/** Writes `build/contract.h` and `build/oci-vcn` beside `src`, the latter in one step. */
export function buildRelay(): RelayBuild {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const sources = readdirSync(join(root, 'relay')).filter((name) => name.endsWith('.c'));
  const build = join(root, 'build');
  mkdirSync(build, { recursive: true });
  writeFileSync(join(build, 'contract.h'), renderContractHeader());
  const path = join(build, 'oci-vcn');
  const temporary = `${path}.${process.pid}`;
  const files = sources.map((name) => join(root, 'relay', name));
  const compiler = process.env['CC'] || 'gcc';
  const result = spawnSync(compiler, [...flags, '-I', build, '-o', temporary, ...files], {
    encoding: 'utf8',
  });
  if (result.error !== undefined) {
    return { failure: `${compiler} cannot be run; install the packages gcc and libc6-dev` };
  }
  if (result.status !== 0) return { failure: `${compiler} failed:\n${result.stderr}` };
  renameSync(temporary, path);
  return { path };
}
