import { versionAllows } from '@vcn-cni/cni-spec';
import { executePlugin } from '../execute-plugin.ts';
import { loadList } from '../load-list.ts';
import { recall, recallLast } from '../records.ts';
import type { Named, RuntimeWorld } from '../runtime-world.ts';
import { providedBy } from './provided.ts';

export async function check(world: RuntimeWorld, named: Named): Promise<void> {
  const list = await loadList(world, named.network);
  if (!versionAllows(list.cniVersion, 'CHECK') && !world.is('checks-before-0.4.0'))
    throw new Error(`${list.cniVersion} has no CHECK`);
  if (list.disableCheck) {
    if (world.is('disabled-check-fails')) throw new Error('CHECK is disabled');
    return;
  }
  const kept = await recall(world, named);
  const deleted = world.is('checks-deleted') && (await recallLast(world)) !== undefined;
  const results = kept?.results ?? [];
  if (results.length === 0 && !world.is('checks-unknown') && !deleted)
    throw new Error(`${named.id} was not added`);

  const ordered = world.is('check-backward') ? list.plugins.toReversed() : list.plugins;
  const plugins = world.is('check-first-only') ? ordered.slice(0, 1) : ordered;
  const errors: unknown[] = [];
  for (const plugin of plugins) {
    const index = list.plugins.indexOf(plugin);
    const own = world.is('check-prev-result-of-own') ? results[index] : results.at(-1);
    const prevResult = world.is('check-without-prev-result') ? undefined : own;
    const inserted = { provided: providedBy(world), prevResult };
    try {
      await executePlugin(world, { verb: 'CHECK', list, plugin, index, named, inserted });
    } catch (error) {
      errors.push(error);
      if (!world.is('check-continues')) break;
    }
  }
  if (errors.length > 0 && !world.is('check-hides-failure')) throw errors[0];
}
