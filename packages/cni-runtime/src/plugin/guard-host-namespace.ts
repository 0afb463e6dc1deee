import { stat } from 'node:fs/promises';
import { CniError, ErrorCode, type Invocation } from '@vcn-cni/cni-spec';

/**
 * Refuses, with CniError 101, a CNI_NETNS that is the network namespace of this process: compared by device
 * and inode, since one namespace has many paths. A path that leads nowhere is CniError 102 for ADD and CHECK;
 * DEL has to work without its namespace.
 */
export async function guardHostNamespace({
  verb,
  netns,
}: Pick<Invocation, 'verb' | 'netns'>): Promise<void> {
  const own = await stat('/proc/self/ns/net', { bigint: true });
  let given: typeof own;
  try {
    given = await stat(netns, { bigint: true });
  } catch (error) {
    if (verb === 'DEL') return;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CniError(ErrorCode.NamespaceUnusable, `CNI_NETNS "${netns}" is unusable`, reason, {
      cause: error,
    });
  }
  if (given.dev !== own.dev || given.ino !== own.ino) return;
  throw new CniError(
    ErrorCode.HostNamespace,
    "CNI_NETNS is the host's own network namespace",
    `CNI_NETNS ${netns} and this process are both in ${own.dev}:${own.ino}; give the container's`,
  );
}
