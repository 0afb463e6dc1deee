import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type Conflist,
  compareVersions,
  latestVersion,
  type PluginConfig,
  parseConflist,
  parseJson,
  parsePluginConfig,
} from '@vcn-cni/cni-spec';
import { type RuntimeWorld, variable } from './runtime-world.ts';

type Written = Record<string, unknown> & { plugins?: Record<string, unknown>[] };

/** The list of a network, with the plugins beside it. Throws CniError for what is not allowed, and Error if there is none. */
export async function loadList(world: RuntimeWorld, network: string): Promise<Conflist> {
  const folder = `${world.caller.root}${variable(world, 'CNI_CONF_DIR')}`;
  const files = (await readdir(folder)).filter((file) => file.endsWith('.conflist')).sort();
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    const written = (world.is('rounds-integers') ? JSON.parse(text) : parseJson(text)) as Written;
    if (written['name'] !== network) continue;
    const inlined = [...(written.plugins ?? [])];
    const list = chosen(world, written, parseConflist(tolerated(world, { ...written })));
    const others =
      list.loadOnlyInlinedPlugins && !world.is('ignores-load-only-inlined')
        ? []
        : await besideList(world, folder, network);
    const plugins =
      world.is('folder-comes-first') && inlined.length > 0
        ? [...others, ...list.plugins]
        : [...list.plugins, ...others];
    if (plugins.length > 0) return { ...list, plugins };
    throw new Error(`network ${network} has no plugins`);
  }
  throw new Error(`no network ${network} in ${folder}`);
}

/** What the rules would refuse, and a mutant lets pass. */
function tolerated(world: RuntimeWorld, list: Written): Written {
  if (world.is('accepts-version-number') && typeof list['cniVersion'] === 'number')
    list['cniVersion'] = latestVersion;
  if (world.is('ignores-version-list')) delete list['cniVersions'];
  if (world.is('version-list-alone') && list['cniVersions']) delete list['cniVersion'];
  if (world.is('accepts-none-inlined') && !list.plugins) delete list['loadOnlyInlinedPlugins'];
  if (world.is('skips-untyped-plugin') && list.plugins)
    list.plugins = list.plugins.filter(({ type }) => type !== undefined);
  if (world.is('follows-type-path') && list.plugins) list.plugins = list.plugins.map(withoutPath);
  return list;
}

const withoutPath = (plugin: Record<string, unknown>): Record<string, unknown> => ({
  ...plugin,
  type: basename(String(plugin['type'])),
});

function chosen(world: RuntimeWorld, written: Written, list: Conflist): Conflist {
  const versions = (written['cniVersions'] ?? []) as string[];
  const version =
    world.is('takes-last-version') || world.is('takes-unknown-version')
      ? world.is('takes-last-version')
        ? versions.at(-1)
        : versions.toSorted(compareVersions).at(-1)
      : undefined;
  return {
    ...list,
    cniVersion: version ?? list.cniVersion,
    disableCheck: list.disableCheck && !world.is('ignores-disable-check'),
    disableGC: list.disableGC && !world.is('ignores-disable-gc'),
  };
}

async function besideList(
  world: RuntimeWorld,
  folder: string,
  network: string,
): Promise<PluginConfig[]> {
  const every = world.is('folder-of-every-network')
    ? (await readdir(folder, { withFileTypes: true }))
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
    : [network];
  const found: PluginConfig[] = [];
  for (const each of every) {
    const files = await readdir(join(folder, each)).catch(() => []);
    for (const file of files.filter((name) => name.endsWith('.conf')).sort()) {
      const plugin = parseJson(await readFile(join(folder, each, file), 'utf8'));
      found.push(
        parsePluginConfig(
          world.is('folder-not-validated')
            ? withoutPath(plugin as Record<string, unknown>)
            : plugin,
        ),
      );
    }
  }
  return world.is('one-from-folder') ? found.slice(0, 1) : found;
}
