import type { Family } from '@vcn-cni/netlink';
import { Address4, Address6 } from 'ip-address';

/**
 * The networks of one family, each in canonical form, without those inside another: nftables refuses a set whose
 * intervals overlap.
 * @throws RangeError naming the field and the text that is no address or CIDR.
 */
export function widestCidrs(field: string, cidrs: readonly string[], family: Family): string[] {
  const networks = cidrs
    .filter((cidr) => cidr.includes(':') === (family === 'inet6'))
    .map((cidr) => network(field, cidr))
    .sort((a, b) => a.length - b.length || (a.first < b.first ? -1 : 1));
  const kept: Network[] = [];
  for (const next of networks) {
    if (!kept.some((wide) => wide.first <= next.first && next.last <= wide.last)) kept.push(next);
  }
  return kept.sort((a, b) => (a.first < b.first ? -1 : 1)).map(({ text }) => text);
}

interface Network {
  text: string;
  length: number;
  first: bigint;
  last: bigint;
}

function network(field: string, cidr: string): Network {
  const Address = cidr.includes(':') ? Address6 : Address4;
  if (!Address.isValid(cidr)) {
    throw new RangeError(`${field}: "${cidr}" is no CIDR such as 10.0.0.0/16 or fd00:88::/64`);
  }
  const address = new Address(cidr);
  const start = address.startAddress();
  const full = address instanceof Address4 ? 32 : 128;
  const base = start.correctForm();
  return {
    text: address.subnetMask === full ? base : `${base}/${address.subnetMask}`,
    length: address.subnetMask,
    first: start.bigInt(),
    last: address.endAddress().bigInt(),
  };
}
