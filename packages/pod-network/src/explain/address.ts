import { canonicalAddress, canonicalNetwork } from '@vcn-cni/netlink';
import { Address4, Address6 } from 'ip-address';

/** Whether a network in CIDR form, or one address, holds the address. Of another family: false. */
export function contains(network: string, address: string): boolean {
  if (network.includes(':') !== address.includes(':')) return false;
  const slash = network.indexOf('/');
  if (slash < 0) return canonicalAddress(network) === address;
  // Most rules of a cluster with thousands of services name one address.
  if (network.endsWith('/32') && !network.includes(':')) return network === `${address}/32`;
  return canonicalNetwork(network) === canonicalNetwork(`${address}${network.slice(slash)}`);
}

export function prefixLength(network: string): number {
  return Number(network.slice(network.indexOf('/') + 1));
}

/** An address as a number, for ranges. */
export function addressBits(address: string): bigint {
  return address.includes(':') ? new Address6(address).bigInt() : new Address4(address).bigInt();
}

export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** 169.254.0.0/16 is an ordinary network to the kernel: IPv6 only. */
export function isLinkLocal(address: string): boolean {
  return /^fe[89ab][\da-f]:/.test(address);
}

export function isMulticast(address: string): boolean {
  return contains('224.0.0.0/4', address) || contains('ff00::/8', address);
}
