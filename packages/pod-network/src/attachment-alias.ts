import type { AttachmentKey } from '@vcn-cni/ipam';

/** With the version of the form of what follows. */
export const aliasPrefix = 'vcn-cni/1 ';

/** IFALIASZ - 1 of linux/if.h: what the kernel keeps of a link alias, in bytes. */
export const aliasBytes = 255;

/**
 * The mark that every host link of ours carries: whose it is, so that state can be rebuilt from the
 * kernel and nothing foreign is ever deleted. No part of a key holds a slash (SPEC section 2, CNI_IFNAME).
 */
export function formatAlias(key: AttachmentKey): string {
  return `${aliasPrefix}${key.network}/${key.containerId}/${key.ifname}`;
}

/** The key in an alias of ours, or undefined for anybody else's. */
export function parseAlias(alias: string | undefined): AttachmentKey | undefined {
  if (!alias?.startsWith(aliasPrefix)) return undefined;
  const [network, containerId, ifname, ...rest] = alias.slice(aliasPrefix.length).split('/');
  if (!network || !containerId || !ifname || rest.length > 0) return undefined;
  return { network, containerId, ifname };
}
