import { fileURLToPath } from 'node:url';

const from = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The two builds of the plugin, and where Debian puts the reference plugins. */
export const plugins = {
  relay: from('apps/plugin/build/oci-vcn'),
  node: from('apps/plugin/build/oci-vcn.mjs'),
} as const;

export const referencePlugins = '/usr/lib/cni';
export const daemonMain = from('apps/daemon/src/main.ts');
export const vcnctlMain = from('apps/daemon/src/vcnctl.ts');
