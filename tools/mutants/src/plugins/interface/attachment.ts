import type { Invocation, IpConfig } from '@vcn-cni/cni-spec';
import { digest } from '../nft.ts';
import { openRecords, type Records } from '../records.ts';

/** What ADD makes in the host, kept for DEL, CHECK and GC. */
export interface Attachment {
  readonly addresses: readonly string[];
  readonly gateways: readonly string[];
  readonly masqueraded: boolean;
}

export const openAttachments = (root: string, network: string): Records<Attachment> =>
  openRecords(root, 'reference-interface', network);

/** Names that follow from the attachment alone. */
export function namesOf(network: string, key: Pick<Invocation, 'containerId' | 'ifname'>) {
  const hash = digest(network, key);
  return {
    link: `ref${hash}`,
    alias: `reference-interface ${network}/${key.containerId}/${key.ifname}`,
    table: `inet refi${hash}`,
  };
}

export const attachmentOf = (ips: readonly IpConfig[], masqueraded: boolean): Attachment => ({
  addresses: ips.map(({ address }) => address),
  gateways: ips.flatMap(({ gateway }) => (gateway === undefined ? [] : [gateway])),
  masqueraded,
});

/** Lines of a table that translates what leaves by another interface than it came from. */
export const masqueradeLines = ({ addresses }: Attachment): string[] => [
  'chain postrouting {',
  'type nat hook postrouting priority srcnat;',
  ...addresses.map((address) => {
    const family = address.includes(':') ? 'ip6' : 'ip';
    const [own] = address.split('/');
    return `${family} saddr ${own} ${family} daddr != ${address} masquerade;`;
  }),
  '}',
];

export const hostCidr = (address: string): string =>
  `${address.split('/')[0]}/${address.includes(':') ? 128 : 32}`;

export const familyOf = (address: string): 'inet' | 'inet6' =>
  address.includes(':') ? 'inet6' : 'inet';
