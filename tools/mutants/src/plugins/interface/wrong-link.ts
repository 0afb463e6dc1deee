import type { Interface } from '@vcn-cni/cni-spec';
import type { ActualState } from '@vcn-cni/netlink';
import type { Wrong } from '../wrong.ts';

/** How a link differs from what is listed. */
export function wrongLink(links: ActualState['links'], { name, mac, mtu }: Interface): Wrong[] {
  const link = links.find((each) => each.name === name);
  if (!link) return [{ kinds: ['link-absence'], what: `${name} is gone` }];
  const macDiffers = mac !== undefined && link.mac !== mac.toLowerCase();
  return [
    ...(link.up ? [] : [{ kinds: ['link-down'], what: `${name} is down` } as const]),
    ...(macDiffers
      ? [{ kinds: ['mac', 'listed-mac'], what: `${name} has MAC ${link.mac}, not ${mac}` } as const]
      : []),
    ...(mtu && link.mtu !== mtu
      ? [{ kinds: ['mtu'], what: `${name} has MTU ${link.mtu}, not ${mtu}` } as const]
      : []),
  ];
}
