import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const from = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The two builds of the plugin: the relay in C, and the one in TypeScript for hosts without a compiler. */
const builds = {
  relay: from('apps/plugin/build/oci-vcn'),
  node: from('apps/plugin/build/oci-vcn.mjs'),
} as const;

/** Where Debian puts the reference plugins. */
export const referencePlugins = '/usr/lib/cni';
export const daemonMain = from('apps/daemon/src/main.ts');
export const vcnctlMain = from('apps/daemon/src/vcnctl.ts');

/** Makes both builds from source; without a C compiler there is no relay. */
export function buildPlugins(): void {
  const options: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'] };
  const vite = from('node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', from('apps/plugin')], options);
  try {
    const main = from('apps/plugin/src/build-relay.ts');
    execFileSync(process.execPath, ['--conditions=@vcn-cni/source', main], options);
  } catch {
    // It said why; the other build does the same.
  }
}

/** Copies a build into `directory` under the name that a runtime looks for, so that a new build changes nothing. */
export function installPlugin(directory: string, build?: keyof typeof builds): string {
  if (!existsSync(builds.node)) buildPlugins();
  const wanted = builds[build ?? (existsSync(builds.relay) ? 'relay' : 'node')];
  mkdirSync(directory, { recursive: true });
  const path = join(directory, 'oci-vcn');
  copyFileSync(wanted, path);
  chmodSync(path, 0o755);
  return path;
}
