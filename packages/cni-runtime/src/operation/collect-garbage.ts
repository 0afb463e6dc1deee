import { stat } from 'node:fs/promises';
import { CniError, type Conflist, versionAllows } from '@vcn-cni/cni-spec';
import type { CachedAttachment } from '../cache/cached-attachment.ts';
import type { ValidAttachment } from '../plugin-request.ts';
import { runListPlugin } from '../run-list-plugin.ts';
import { throwFailures } from '../several-failures.ts';
import { deleteAttachment } from './delete-attachment.ts';
import type { OperationContext } from './operation-context.ts';

export interface GarbageReport {
  /** Deleted, by DEL of the whole list. */
  deleted: CachedAttachment[];
  /** Cache files that cannot be used, so that nobody knows whose they are; they stay. */
  unreadable: CniError[];
}

/**
 * GC of a list: DEL of every kept attachment of the network that is not valid, then the verb GC for each plugin
 * from the first to the last (1.1.0). Goes on after a failure and throws all of them at the end. Undefined for
 * `valid` is no list: then only attachments whose namespace is gone are deleted, and plugins are not asked, for
 * they would have no list either.
 */
export async function collectGarbage(
  context: OperationContext,
  list: Conflist,
  valid: readonly ValidAttachment[] | undefined,
  namespaceGone: (netns: string) => Promise<boolean>,
): Promise<GarbageReport> {
  if (list.disableGC) return { deleted: [], unreadable: [] };
  const { attachments, unreadable } = await context.cache.list();
  const errors: CniError[] = [];
  const deleted: CachedAttachment[] = [];
  const { signal } = context.execution;
  const attempt = async (work: () => Promise<unknown>) => {
    if (signal?.aborted && errors.length > 0) return;
    try {
      await work();
    } catch (error) {
      if (signal?.aborted && error === signal.reason) throw error;
      errors.push(CniError.from(error));
    }
  };

  for (const one of attachments) {
    if (one.network !== list.name) continue;
    const stale = valid
      ? !valid.some((kept) => kept.containerId === one.containerId && kept.ifname === one.ifname)
      : one.netns !== undefined && (await namespaceGone(one.netns));
    if (!stale) continue;
    await attempt(async () => {
      await deleteAttachment(context, list, { ...one, netns: one.netns ?? '' });
      deleted.push(one);
    });
  }
  if (valid && versionAllows(list.cniVersion, 'GC')) {
    for (const plugin of list.plugins) {
      const inserted = { validAttachments: valid };
      const call = { verb: 'GC', list, plugin, inserted } as const;
      await attempt(() => runListPlugin(context.execution, call));
    }
  }
  throwFailures(`GC of network ${list.name} is not complete`, errors);
  return { deleted, unreadable };
}

/** Only a path that leads nowhere proves it: one that cannot be looked at does not. */
export async function namespaceIsGone(netns: string): Promise<boolean> {
  try {
    await stat(netns);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
