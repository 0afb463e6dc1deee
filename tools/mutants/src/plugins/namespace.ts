import { join } from 'node:path';
import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import { type KernelNamespace, NamespaceError, openNamespace } from '@vcn-cni/netlink/driver';
import type { World } from './plugin.ts';

/** The namespace that the caller is in. */
export const openHostOf = ({ caller }: World): KernelNamespace =>
  openNamespace(caller.hostNamespace);

/** CNI_NETNS as the caller sees it. Throws CniError 102 if it is none, 101 if it is the caller's own. */
export function openContainer(world: World, netns: string): KernelNamespace {
  const container = open(join(world.caller.root, netns), netns);
  const host = openHostOf(world);
  host.close();
  if (host.identity !== container.identity) return container;
  container.close();
  throw new CniError(
    ErrorCode.HostNamespace,
    "CNI_NETNS is the host's own network namespace",
    `CNI_NETNS is ${netns}; give the container's`,
  );
}

function open(path: string, netns: string): KernelNamespace {
  try {
    return openNamespace(path);
  } catch (error) {
    if (!(error instanceof NamespaceError)) throw error;
    throw new CniError(
      ErrorCode.NamespaceUnusable,
      `CNI_NETNS "${netns}" is unusable`,
      error.reason,
    );
  }
}
