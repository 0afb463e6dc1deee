import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import type { Kernel, Namespace } from './ports.ts';

/**
 * Opens `CNI_NETNS`. Device and inode of the descriptor, not the path, are the namespace's identity.
 * @throws CniError 102 for a path that is no namespace, 101 for the host's own.
 */
export function openPod(kernel: Kernel, path: string, callerPid?: number): Namespace & Disposable {
  const namespace = open(kernel, path, callerPid);
  if (namespace.identity === kernel.host.identity) {
    namespace.close();
    throw new CniError(
      ErrorCode.HostNamespace,
      `CNI_NETNS: ${path} is the network namespace of the host; a pod needs one of its own`,
    );
  }
  return Object.assign(namespace, { [Symbol.dispose]: () => namespace.close() });
}

function open(kernel: Kernel, path: string, callerPid?: number): Namespace {
  try {
    return kernel.open(path, callerPid);
  } catch (error) {
    const reason = (error as { reason?: string }).reason;
    if (reason === undefined) throw error;
    const why = {
      missing: 'does not exist, here or in the mount namespace of the caller',
      'not-a-namespace': 'is not a network namespace',
      denied: 'may not be opened',
    }[reason];
    throw new CniError(
      ErrorCode.NamespaceUnusable,
      `CNI_NETNS: ${path} ${why ?? reason}`,
      String((error as Error).message),
      { cause: error },
    );
  }
}
