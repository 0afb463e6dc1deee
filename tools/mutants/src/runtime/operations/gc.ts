import {
  parseJson,
  releasedAttachmentsKey,
  validAttachmentsKey,
  versionAllows,
} from '@vcn-cni/cni-spec';
import { executePlugin } from '../execute-plugin.ts';
import { loadList } from '../load-list.ts';
import { recallAll } from '../records.ts';
import { type Named, type RuntimeWorld, variable } from '../runtime-world.ts';
import { del } from './del.ts';

interface Valid {
  containerID: string;
  ifname?: string;
}

export async function gc(world: RuntimeWorld, { network }: Pick<Named, 'network'>): Promise<void> {
  const list = await loadList(world, network);
  if (list.disableGC) {
    if (world.is('disabled-gc-fails')) throw new Error('GC is disabled');
    return;
  }
  if (!versionAllows(list.cniVersion, 'GC') && !world.is('collects-before-1.1.0')) return;
  if (world.is('gc-deletes-valid'))
    for (const { named } of await recallAll(world)) await del(world, named);

  const keys = keysOf(world, await validOf(world));
  const ordered = world.is('gc-backward') ? list.plugins.toReversed() : list.plugins;
  const plugins = world.is('gc-first-only') ? ordered.slice(0, 1) : ordered;
  const errors: unknown[] = [];
  for (const [index, plugin] of plugins.entries()) {
    try {
      await executePlugin(world, { verb: 'GC', list, plugin, index, inserted: { keys } });
    } catch (error) {
      errors.push(error);
      if (world.is('gc-stops')) break;
    }
  }
  if (errors.length === 0 || world.is('gc-hides-failure')) return;
  throw world.is('gc-returns-first-error') ? errors[0] : new Error(errors.join('; '));
}

async function validOf(world: RuntimeWorld): Promise<Valid[]> {
  const valid = parseJson(variable(world, 'VALID_ATTACHMENTS') || '[]') as Valid[];
  if (world.is('gc-lists-first-only')) return valid.slice(0, 1);
  if (world.is('gc-lists-ids-only')) return valid.map(({ containerID }) => ({ containerID }));
  if (!world.is('gc-lists-stale')) return valid;
  const kept = await recallAll(world);
  return kept.map(({ named }) => ({ containerID: named.id, ifname: named.ifname }));
}

function keysOf(world: RuntimeWorld, valid: readonly Valid[]): Record<string, unknown> {
  if (world.is('gc-without-list')) return {};
  const list = world.is('gc-null-list') && valid.length === 0 ? null : valid;
  return {
    ...(!world.is('gc-only-released-key') && { [validAttachmentsKey]: list }),
    ...(!world.is('gc-only-new-key') && { [releasedAttachmentsKey]: list }),
  };
}
