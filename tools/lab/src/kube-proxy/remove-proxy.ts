import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { removeTables } from '../remove-tables.ts';

/** Takes away what `proxyServices` put in force on a node in nftables mode. */
export const removeProxy = (host: SandboxNamespace): Promise<void> =>
  removeTables(host, ['kube-proxy']);
