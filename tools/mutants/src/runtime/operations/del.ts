import { executePlugin } from '../execute-plugin.ts';
import { loadList } from '../load-list.ts';
import { forget, keepLast, recall } from '../records.ts';
import type { Named, RuntimeWorld } from '../runtime-world.ts';
import { providedBy } from './provided.ts';

export async function del(world: RuntimeWorld, named: Named): Promise<void> {
  const kept = await recall(world, named);
  if (!kept && world.is('second-del-refused')) throw new Error(`${named.id} is not there`);
  if (!kept && world.is('no-del-after-failed-add')) return;
  const edited = !kept || world.is('del-reads-edited-list');
  const list = edited ? await loadList(world, named.network) : kept.list;
  if (world.is('forgets-result-on-failed-del')) await forget(world, named);

  const results = kept?.results ?? [];
  const ordered = world.is('del-forward') ? list.plugins : list.plugins.toReversed();
  const plugins = world.is('del-first-only') ? ordered.slice(0, 1) : ordered;
  const verb = world.is('gc-instead-of-del') ? 'GC' : 'DEL';
  for (const plugin of plugins) {
    const index = list.plugins.indexOf(plugin);
    const own = world.is('del-prev-result-of-own') ? results[index] : results.at(-1);
    const prevResult = world.is('del-without-prev-result') ? undefined : own;
    const inserted = { provided: providedBy(world), prevResult };
    try {
      await executePlugin(world, { verb, list, plugin, index, named, inserted });
    } catch (error) {
      if (world.is('del-continues')) continue;
      if (world.is('del-hides-failure')) return;
      throw error;
    }
  }
  await forget(world, named);
  const last = results.at(-1);
  if (last && world.is('checks-deleted')) await keepLast(world, last);
}
