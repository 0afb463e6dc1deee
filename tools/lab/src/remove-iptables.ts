import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { removeTables } from './remove-tables.ts';

/**
 * Takes away what programs have put on a node by iptables, with the chains that they leave there by design. What the
 * kernel keeps for iptables-legacy stays: no listing of nftables shows it.
 */
export const removeIptables = (host: SandboxNamespace): Promise<void> =>
  removeTables(host, ['raw', 'mangle', 'nat', 'filter']);
