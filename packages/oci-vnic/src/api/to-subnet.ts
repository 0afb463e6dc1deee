import type { Subnet } from '../model.ts';
import type { WireCidrUtilization, WireSubnet } from './wire.ts';

/** Old subnets have `cidrBlock` alone; `0.0.0.0/0` or an empty text stands for no IPv4 at all. */
export function toSubnet(
  subnet: WireSubnet,
  utilization: readonly WireCidrUtilization[] | undefined,
): Subnet {
  const inet = subnet.ipv4CidrBlocks ?? (subnet.cidrBlock ? [subnet.cidrBlock] : []);
  const inet6 = subnet.ipv6CidrBlocks ?? (subnet.ipv6CidrBlock ? [subnet.ipv6CidrBlock] : []);
  const seen: Subnet = {
    id: subnet.id,
    cidrs: [...inet.filter(isInet), ...inet6],
    virtualRouter: {},
    lifecycle: lifecycleOf(subnet.lifecycleState),
  };
  if (subnet.virtualRouterIp) seen.virtualRouter.inet = subnet.virtualRouterIp;
  if (subnet.ipv6VirtualRouterIp) seen.virtualRouter.inet6 = subnet.ipv6VirtualRouterIp;
  const free = utilization && freeOf(utilization);
  if (free !== undefined) seen.freeAddresses = free;
  return seen;
}

const isInet = (cidr: string): boolean => cidr.includes('.') && !cidr.endsWith('/0');

/** The service tells whole per cents, so this is no exact number. */
function freeOf(utilization: readonly WireCidrUtilization[]): number | undefined {
  const told = utilization.filter(
    ({ cidr, utilization }) => cidr !== undefined && isInet(cidr) && utilization !== undefined,
  );
  if (told.length === 0) return undefined;
  return told.reduce((sum, { cidr, utilization }) => {
    const size = 2 ** (32 - Number(cidr?.split('/')[1]));
    return sum + Math.max(0, Math.floor((size * (100 - (utilization ?? 0))) / 100));
  }, 0);
}

const lifecycles = {
  PROVISIONING: 'provisioning',
  AVAILABLE: 'available',
  UPDATING: 'updating',
  TERMINATING: 'terminating',
  TERMINATED: 'terminated',
} as const;

/** A state that this version does not know is waited out, as `updating` is. */
function lifecycleOf(state: string): Subnet['lifecycle'] {
  return lifecycles[state as keyof typeof lifecycles] ?? 'updating';
}
