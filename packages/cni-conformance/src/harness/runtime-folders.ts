import type { Sandbox } from './sandbox.ts';
import { ownFolder } from './sandbox-script.ts';
import { quoted } from './shell-text.ts';

/** Where a runtime finds its lists and its plugins. */
export const runtimeFolders = {
  configuration: `${ownFolder}/net.d`,
  plugins: `${ownFolder}/plugins`,
} as const;

/** Where runtimes that cannot be told look for the same, and where they keep what they know. */
const customary = {
  configuration: '/etc/cni/net.d',
  plugins: '/opt/cni/bin',
  cache: '/var/lib/cni',
} as const;

const { configuration, plugins } = runtimeFolders;

/** A line for sh in a new sandbox. An ordinary user may not make the customary folders: he does without. */
export const makeRuntimeFolders = `
mkdir -p ${configuration} ${plugins}
show() { mkdir -p "$2" && mount --bind "$1" "$2"; }
show ${configuration} ${customary.configuration} 2>/dev/null || :
show ${plugins} ${customary.plugins} 2>/dev/null || :
{ mkdir -p ${customary.cache} && mount -t tmpfs tmpfs ${customary.cache}; } 2>/dev/null || :
`;

/** Empties them, and what probes keep, for the next case. */
export async function emptyRuntimeFolders(sandbox: Sandbox, scripts: string): Promise<void> {
  const folders = [configuration, plugins, customary.cache, scripts].map(quoted).join(' ');
  await sandbox.exec(['sh', '-c', `find ${folders} -mindepth 1 -delete 2>/dev/null; :`]);
}
