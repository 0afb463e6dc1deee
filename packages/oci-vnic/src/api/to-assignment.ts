import type { Assignment } from '../model.ts';
import { hasCallTag, withoutCallTag } from './call-tag.ts';
import type { WireIpv6, WirePrivateIp } from './wire.ts';

/** Secondary addresses of a VNIC; its primary one is left out. */
export function fromPrivateIps(found: readonly WirePrivateIp[], vnicId: string): Assignment[] {
  return found.filter((ip) => !ip.isPrimary).map((ip) => fromPrivateIp(ip, vnicId));
}

export function fromPrivateIp(ip: WirePrivateIp, vnicId: string): Assignment {
  return {
    id: ip.id ?? '',
    vnicId: ip.vnicId ?? vnicId,
    family: 'inet',
    cidr: `${ip.ipAddress}/${ip.cidrPrefixLength ?? 32}`,
    // Creating a private IP is synchronous; it has no states.
    lifecycle: 'available',
    tags: withoutCallTag(ip.freeformTags),
  };
}

/** Addresses of a VNIC but for its own one, and without those that are gone. */
export function fromIpv6s(found: readonly WireIpv6[], vnicId: string): Assignment[] {
  const own = ownIpv6(found);
  return found
    .filter((ip) => ip !== own && ip.lifecycleState !== 'TERMINATED')
    .map((ip) => fromIpv6(ip, vnicId));
}

export function fromIpv6(ip: WireIpv6, vnicId: string): Assignment {
  return {
    id: ip.id,
    vnicId: ip.vnicId ?? vnicId,
    family: 'inet6',
    cidr: `${canonicalInet6(ip.ipAddress)}/${ip.cidrPrefixLength ?? 128}`,
    lifecycle: lifecycleOf(ip.lifecycleState),
    tags: withoutCallTag(ip.freeformTags),
  };
}

/**
 * The address that a VNIC got when it was attached. OCI does not mark it: it is the oldest single address that no call
 * of ours asked for.
 */
export function ownIpv6(found: readonly WireIpv6[]): WireIpv6 | undefined {
  return found
    .filter((ip) => (ip.cidrPrefixLength ?? 128) === 128 && !hasCallTag(ip.freeformTags))
    .filter((ip) => ip.lifecycleState !== 'TERMINATED')
    .toSorted((a, b) => Date.parse(a.timeCreated) - Date.parse(b.timeCreated))[0];
}

/** RFC 5952, as URL has it. */
export function canonicalInet6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function lifecycleOf(state: string): Assignment['lifecycle'] {
  if (state === 'AVAILABLE') return 'available';
  return state === 'PROVISIONING' ? 'provisioning' : 'terminating';
}
