import type { LinkSpec } from '@vcn-cni/netlink';
import { aliasPrefix } from './attachment-alias.ts';
import type { SecondaryFacts } from './node.ts';

/** IFNAMSIZ - 1 of linux/if.h. */
const nameBytes = 15;

/**
 * The links of a secondary VNIC. On virtual machines the card is there; on bare metal the host makes two on a port: a
 * macvlan that bears the VNIC's MAC, and on it the VLAN that the port's switch knows the VNIC by
 * ("Creating and Attaching a Secondary VNIC", Linux on bare metal).
 * @throws RangeError if a name becomes too long, or a bare metal VNIC has no MAC.
 */
export function vnicLinks({ name, id, mac, mtu, trunk }: SecondaryFacts): LinkSpec[] {
  if (trunk === undefined) return [{ name, mtu, up: true }];
  if (mac === undefined) throw new RangeError(`VNIC ${id} has no MAC address`);
  const lower = `${trunk.port}.${trunk.vlanId}`;
  if (lower.length > nameBytes)
    throw new RangeError(`"${lower}" is no name of a link, it is longer than ${nameBytes} bytes`);
  const alias = `${aliasPrefix}vnic ${id}`;
  return [
    { name: trunk.port, mtu, up: true },
    {
      name: lower,
      kind: 'macvlan',
      macvlanMode: 'vepa',
      parent: trunk.port,
      ...{ mac, mtu, alias, up: true },
    },
    {
      name,
      kind: 'vlan',
      vlanId: trunk.vlanId,
      parent: lower,
      ...{ mtu, alias, up: true },
    },
  ];
}

/** The name of the link that a bare metal VNIC is used by. */
export function vlanLinkName({ port, vlanId }: NonNullable<SecondaryFacts['trunk']>): string {
  return `${port}v${vlanId}`;
}
