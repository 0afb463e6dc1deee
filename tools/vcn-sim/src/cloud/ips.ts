import { incorrectState, invalidParameter, limitExceeded, missingParameter } from './api-error.ts';
import type { Family } from './ip.ts';
import { type AddressWish, giveAddress, refuseWhileUpdating, takeAddress } from './pick-address.ts';
import type { IpRecord, SubnetRecord, VnicRecord } from './records.ts';
import { draw, find, type Labels, newResource, relabel, type World } from './world.ts';

/** What CreatePrivateIp and CreateIpv6 have in common. */
export interface IpAsk extends Labels, AddressWish {
  vnicId?: string | undefined;
  subnetId?: string | undefined;
  lifetime?: 'EPHEMERAL' | 'RESERVED' | undefined;
  hostnameLabel?: string | undefined;
}

/** Assigns an address or a block to a VNIC, or reserves one in a subnet. */
export function createIp(world: World, ask: IpAsk): IpRecord {
  if (ask.vnicId === undefined && ask.subnetId === undefined) {
    throw missingParameter('One of subnetId, vnicId, vlanId must be given.');
  }
  if (ask.vnicId === undefined && ask.lifetime !== 'RESERVED') {
    throw invalidParameter('Without vnicId the lifetime must be RESERVED.');
  }
  const vnic = ask.vnicId === undefined ? undefined : findVnic(world, ask.vnicId);
  if (vnic) mayHaveMore(world, vnic, ask.family);
  const subnet = find(world.subnets, vnic?.subnetId ?? `${ask.subnetId}`, 'subnet');
  return assign(world, subnet, vnic, ask);
}

/** Without the checks of a call: for the addresses that a VNIC begins with. */
export function assign(
  world: World,
  subnet: SubnetRecord,
  vnic: VnicRecord | undefined,
  ask: IpAsk & { withVnic?: boolean },
): IpRecord {
  const cidr = takeAddress(world, subnet, ask);
  const { compartmentId } = subnet;
  const kind = ask.family === 'inet' ? 'privateip' : 'ipv6';
  const waits = ask.family === 'inet6' && !ask.withVnic;
  const ip: IpRecord = {
    ...newResource(world, kind, { ...ask, compartmentId }),
    cidr,
    isBlock: ask.prefix !== undefined,
    subnetId: subnet.id,
    ...(vnic && { vnicId: vnic.id }),
    isPrimary: ask.withVnic === true && ask.family === 'inet',
    lifetime: ask.lifetime ?? 'EPHEMERAL',
    lifecycle: waits ? 'PROVISIONING' : 'AVAILABLE',
    ...(ask.hostnameLabel !== undefined && { hostnameLabel: ask.hostnameLabel }),
    ...(ask.subnetCidr !== undefined && { subnetCidr: ask.subnetCidr }),
  };
  world.ips.set(ip.id, ip);
  if (waits)
    world.clock.after(draw(world, world.profile.ipv6.provisioned), () =>
      becomeAvailable(world, ip),
    );
  else announce(world, 'assigned', ip);
  return ip;
}

/** Changes labels, or moves it to another VNIC of the subnet. */
export function updateIp(
  world: World,
  ip: IpRecord,
  ask: Labels & { vnicId?: string | undefined; hostnameLabel?: string | undefined },
): void {
  if (ask.vnicId !== undefined && ask.vnicId !== ip.vnicId) {
    if (ip.isPrimary) throw invalidParameter(`The primary private IP ${ip.id} cannot be moved.`);
    const vnic = findVnic(world, ask.vnicId);
    if (vnic.subnetId !== ip.subnetId)
      throw invalidParameter(`VNIC ${vnic.id} is in another subnet.`);
    mayHaveMore(world, vnic, ip.cidr.family);
    announce(world, 'released', ip);
    ip.vnicId = vnic.id;
    announce(world, 'assigned', ip);
  }
  if (ask.hostnameLabel !== undefined) ip.hostnameLabel = ask.hostnameLabel;
  relabel(ip, ask);
}

/** Takes a reserved one off its VNIC. */
export function detachIp(world: World, ip: IpRecord): void {
  if (ip.lifetime !== 'RESERVED') throw incorrectState(`${ip.id} is not reserved.`);
  announce(world, 'released', ip);
  delete ip.vnicId;
  ip.revision += 1;
}

/** Deletes it as a call does: unreachable at once. */
export function deleteIp(world: World, ip: IpRecord): void {
  if (ip.isPrimary) throw invalidParameter(`The primary private IP ${ip.id} cannot be deleted.`);
  if (ip.lifecycle === 'TERMINATING') throw incorrectState(`${ip.id} is in state TERMINATING.`);
  if (ip.lifetime === 'RESERVED' && ip.vnicId !== undefined) {
    throw incorrectState(`Reserved ${ip.id} is assigned to ${ip.vnicId}; detach it first.`);
  }
  refuseWhileUpdating(find(world.subnets, ip.subnetId, 'subnet'));
  announce(world, 'released', ip);
  ip.lifecycle = 'TERMINATING';
  ip.revision += 1;
  if (ip.cidr.family === 'inet') {
    remove(world, ip);
    return;
  }
  world.clock.after(draw(world, world.profile.ipv6.terminated), () => remove(world, ip));
}

/** Frees everything of a VNIC that is gone; what is reserved stays reserved. */
export function releaseAll(world: World, vnicId: string): void {
  for (const ip of addressesOf(world, vnicId)) {
    if (ip.lifetime === 'RESERVED' && !ip.isPrimary) delete ip.vnicId;
    else remove(world, ip);
  }
}

/** The addresses of a VNIC, in the order in which it got them. */
export function addressesOf(world: World, vnicId: string): IpRecord[] {
  return [...world.ips.values()].filter((ip) => ip.vnicId === vnicId);
}

function findVnic(world: World, id: string): VnicRecord {
  const vnic = find(world.vnics, id, 'vnic');
  if (vnic.lifecycle !== 'AVAILABLE')
    throw incorrectState(`VNIC ${id} is in state ${vnic.lifecycle}.`);
  return vnic;
}

function mayHaveMore(world: World, vnic: VnicRecord, family: Family): void {
  const limit = family === 'inet' ? world.limits.privateIpsPerVnic : world.limits.ipv6sPerVnic;
  const has = addressesOf(world, vnic.id).filter(
    (ip) => ip.cidr.family === family && !ip.isPrimary,
  );
  if (has.length >= limit) {
    throw limitExceeded(
      `VNIC ${vnic.id} has ${has.length} secondary addresses; the limit is ${limit}.`,
    );
  }
}

function becomeAvailable(world: World, ip: IpRecord): void {
  if (ip.lifecycle !== 'PROVISIONING' || !world.ips.has(ip.id)) return;
  ip.lifecycle = 'AVAILABLE';
  ip.revision += 1;
  announce(world, 'assigned', ip);
}

function remove(world: World, ip: IpRecord): void {
  if (!world.ips.delete(ip.id)) return;
  const subnet = world.subnets.get(ip.subnetId);
  if (subnet) giveAddress(subnet, ip.cidr);
}

/** Only of VNICs that a guest has: what is not attached yet is announced with the VNIC. */
function announce(world: World, kind: 'assigned' | 'released', ip: IpRecord): void {
  const vnic = ip.vnicId === undefined ? undefined : world.vnics.get(ip.vnicId);
  if (vnic?.lifecycle !== 'AVAILABLE' || ip.lifecycle === 'PROVISIONING') return;
  world.emit({ kind, vnicId: vnic.id, subnetId: ip.subnetId, cidr: ip.cidr.text });
}
