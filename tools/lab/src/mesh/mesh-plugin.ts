import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasProxyUser } from './mesh-proxy.ts';

export interface MeshPlugin {
  /** A directory that holds the plugin. */
  path: string;
  /** Its entry in a list. */
  config: { type: 'mesh-cni' } & Record<string, unknown>;
  /** The calls so far, with the whole configuration of each. */
  calls(): { verb: string; config: { prevResult?: unknown } }[];
}

const main = fileURLToPath(new URL('./chained-process.ts', import.meta.url));

/** Puts a chained plugin below `directory` that sets pods up for the mesh. */
export function installMeshPlugin(directory: string): MeshPlugin {
  const path = join(directory, 'mesh-bin');
  const record = join(directory, 'mesh-calls');
  mkdirSync(path, { recursive: true });
  const plugin = join(path, 'mesh-cni');
  const command = [process.execPath, '--conditions=@vcn-cni/source', main];
  writeFileSync(plugin, `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(' ')}\n`);
  chmodSync(plugin, 0o755);
  writeFileSync(record, '');
  return {
    path,
    config: { type: 'mesh-cni', record, ownUser: hasProxyUser() },
    calls: () =>
      readFileSync(record, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
  };
}
