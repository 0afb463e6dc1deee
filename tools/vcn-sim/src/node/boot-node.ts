import { diff, emptyState, type WantedState } from '@vcn-cni/netlink';
import type { Namespace } from '@vcn-cni/netlink/driver';
import type { SubnetFacts, VnicFacts } from '../cloud/facts.ts';
import { contains, parseCidr } from '../cloud/ip.ts';
import { routeProtocol } from '../fabric/carry-vnic.ts';

/**
 * What an instance's system makes of its primary VNIC at boot: DHCP for IPv4; of IPv6, the address alone and the
 * virtual router that its advertisements name. Secondary VNICs are left as they come.
 */
export function primaryState(device: string, vnic: VnicFacts, subnet: SubnetFacts): WantedState {
  const { inet, inet6 } = vnic.address;
  const { virtualRouter } = subnet;
  const state: WantedState = { ...emptyState(), links: [{ name: device, up: true }] };
  // Its link-local address is there at once, so that IPv6 works when the boot is done.
  state.sysctls.push({ name: `net/ipv6/conf/${device}/accept_dad`, value: '0' });
  if (inet !== undefined && virtualRouter.inet !== undefined) {
    state.addresses.push({ link: device, address: `${inet}/${prefixLength(inet, subnet)}` });
    state.routes.push(
      {
        family: 'inet',
        destination: '0.0.0.0/0',
        gateway: virtualRouter.inet,
        link: device,
        protocol: routeProtocol,
      },
      {
        family: 'inet',
        destination: '169.254.0.0/16',
        link: device,
        scope: 'link',
        protocol: routeProtocol,
      },
    );
  }
  if (inet6 !== undefined && virtualRouter.inet6 !== undefined) {
    state.addresses.push({ link: device, address: `${inet6}/128`, nodad: true });
    state.routes.push({
      family: 'inet6',
      destination: '::/0',
      gateway: virtualRouter.inet6,
      link: device,
      protocol: routeProtocol,
    });
  }
  return state;
}

/** Of the subnet's CIDR that holds the address. */
function prefixLength(address: string, { cidrBlocks }: SubnetFacts): number {
  const host = parseCidr(`${address}/32`)!;
  const cidr = cidrBlocks.map((text) => parseCidr(text)!).find((one) => contains(one, host));
  return cidr?.prefix ?? host.prefix;
}

export async function bootNode(
  node: Namespace,
  device: string,
  vnic: VnicFacts,
  subnet: SubnetFacts,
): Promise<void> {
  await node.apply(diff(await node.snapshot(), primaryState(device, vnic, subnet)));
}
