import { versionAllows } from '@vcn-cni/cni-spec';
import { executePlugin } from '../execute-plugin.ts';
import { loadList } from '../load-list.ts';
import type { Named, RuntimeWorld } from '../runtime-world.ts';

export async function status(
  world: RuntimeWorld,
  { network }: Pick<Named, 'network'>,
): Promise<void> {
  const list = await loadList(world, network);
  if (world.is('status-without-asking')) return;
  if (!versionAllows(list.cniVersion, 'STATUS') && !world.is('asks-before-1.1.0')) return;
  const plugins = world.is('status-first-only') ? list.plugins.slice(0, 1) : list.plugins;
  for (const [index, plugin] of plugins.entries()) {
    try {
      await executePlugin(world, { verb: 'STATUS', list, plugin, index });
    } catch (error) {
      if (world.is('status-hides-failure')) return;
      throw error;
    }
  }
}
