/** Putting the plugin and its network configuration where the runtime looks for them. */
import { access, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { replaceFile } from '../host/replace-file.ts';
import { chainable, conflist, conflistName } from './conflist.ts';

export const pluginName = 'oci-vcn';

export interface InstallPlaces {
  /** Where the runtime looks for plugins: `/opt/cni/bin`. */
  binDirectory: string;
  /** Where it looks for network configurations: `/etc/cni/net.d`. */
  confDirectory: string;
}

/** @throws Error naming the file when it cannot be read or does not look like a program. */
export async function installPlugin(places: InstallPlaces, plugin: string): Promise<void> {
  const content = await readFile(plugin).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `the plugin ${plugin} cannot be read (${error.code}); name another with --plugin`,
    );
  });
  const start = content.subarray(0, 4).toString('latin1');
  if (start !== '\x7fELF' && !start.startsWith('#!'))
    throw new Error(`${plugin} is not a program; name the oci-vcn binary with --plugin`);
  await mkdir(places.binDirectory, { recursive: true });
  await replaceFile(join(places.binDirectory, pluginName), content, 0o755);
}

/**
 * The plugins that follow ours.
 * @param asked absent: portmap, where the directory of plugins has it.
 * @throws Error naming a plugin that cannot be chained or is not there.
 */
export async function chooseChain(
  places: InstallPlaces,
  asked?: readonly string[],
): Promise<string[]> {
  const present = await readdir(places.binDirectory);
  for (const name of asked ?? []) {
    if (!(name in chainable))
      throw new Error(`--chain ${name}: not one of ${Object.keys(chainable).join(', ')}`);
    if (!present.includes(name))
      throw new Error(`--chain ${name}: there is no ${join(places.binDirectory, name)}`);
  }
  return [...(asked ?? ['portmap'].filter((name) => present.includes(name)))];
}

export async function installConflist(
  places: InstallPlaces,
  chain: readonly string[],
): Promise<void> {
  await mkdir(places.confDirectory, { recursive: true });
  await replaceFile(join(places.confDirectory, conflistName), conflist(chain), 0o644);
}

/** The configuration goes first: from then on no runtime begins an ADD with a plugin that is going away. */
export async function uninstall(places: InstallPlaces, keepPlugin: boolean): Promise<void> {
  await rm(join(places.confDirectory, conflistName), { force: true });
  if (!keepPlugin) await rm(join(places.binDirectory, pluginName), { force: true });
}

/**
 * Waits until an ADD could be served.
 * @throws Error with the last reason when the deadline passes first.
 */
export async function untilReady(
  ask: () => Promise<{ ready: boolean; reason?: string }>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { ready, reason } = await ask();
    if (ready) return;
    if (signal.aborted) throw new Error(`not ready: ${reason ?? 'unknown'}`);
    await delay(200, undefined, { signal }).catch(() => {});
  }
}

/** First of the files that exists. */
export async function firstPresent(files: readonly string[]): Promise<string | undefined> {
  for (const file of files)
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  return undefined;
}
