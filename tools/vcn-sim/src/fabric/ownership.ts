import type { Ownership } from '@vcn-cni/netlink';
import { aliasPrefix, routeProtocol } from './carry-vnic.ts';

const kernelsOwn = new Set(['127.0.0.1/8', '::1/128']);

/** Nobody else is in the fabric's namespace: all but what the kernel makes by itself is ours. */
export const fabricOwnership: Ownership = {
  link: ({ alias }) => alias?.startsWith(aliasPrefix) ?? false,
  address: ({ address, link }) => link === 'lo' && !kernelsOwn.has(address),
  route: ({ protocol }) => protocol === routeProtocol,
  rule: () => false,
  neighbour: (_, link) => link?.alias?.startsWith(aliasPrefix) ?? false,
};
