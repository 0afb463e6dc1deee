import type { Family } from '@vcn-cni/netlink';

/** The gateway that every pod sees: its host end answers for it. */
export const gateway: Record<Family, string> = { inet: '169.254.1.1', inet6: 'fe80::1' };

export const anywhere: Record<Family, string> = { inet: '0.0.0.0/0', inet6: '::/0' };

/** An address as the CIDR of itself alone. */
export function hostCidr(family: Family, address: string): string {
  return `${address}/${family === 'inet' ? 32 : 128}`;
}

export function familyOf(addressOrCidr: string): Family {
  return addressOrCidr.includes(':') ? 'inet6' : 'inet';
}
