import { incorrectState, invalidParameter, limitExceeded, missingParameter } from './api-error.ts';
import { assign, releaseAll } from './ips.ts';
import type { AttachmentRecord, InstanceRecord, SubnetRecord, VnicRecord } from './records.ts';
import { vnicsOf } from './shapes.ts';
import { vnicFacts } from './to-facts.ts';
import { draw, find, type Labels, newResource, relabel, type World } from './world.ts';

/** CreateVnicDetails, as far as it matters to a network. */
export interface VnicAsk extends Labels {
  subnetId?: string | undefined;
  nsgIds?: string[] | undefined;
  privateIp?: string | undefined;
  subnetCidr?: string | undefined;
  assignIpv6Ip?: boolean | undefined;
  ipv6AddressIpv6SubnetCidrPairDetails?:
    | { ipv6Address?: string | undefined; ipv6SubnetCidr?: string | undefined }[]
    | undefined;
  skipSourceDestCheck?: boolean | undefined;
  hostnameLabel?: string | undefined;
}

export interface AttachAsk {
  instanceId: string;
  createVnicDetails: VnicAsk;
  displayName?: string | undefined;
  nicIndex?: number | undefined;
}

/** Begins to attach a VNIC: the address is taken at once, the card appears in the guest later. */
export function attachVnic(world: World, ask: AttachAsk): AttachmentRecord {
  const instance = find(world.instances, ask.instanceId, 'instance');
  if (instance.lifecycle !== 'RUNNING') {
    throw incorrectState(`Instance ${instance.id} is in state ${instance.lifecycle}.`);
  }
  mayHaveVnic(world, instance);
  const attachment = createVnic(world, instance, ask, false);
  const { provisioned, attached } = world.profile.attach;
  const [first, whole] = [draw(world, provisioned), draw(world, attached)];
  const stuck = world.stuck.shift();
  world.clock.after(Math.min(first, whole), () => {
    attachment.provisioned = true;
    attachment.revision += 1;
  });
  world.clock.after(stuck ? stuck.ms : whole, () => {
    if (stuck?.ends === 'detached') finishDetach(world, attachment);
    else finishAttach(world, attachment);
  });
  return attachment;
}

/** Books a VNIC and its first addresses; nothing is left of it if one of them cannot be had. */
export function createVnic(
  world: World,
  instance: InstanceRecord,
  ask: AttachAsk,
  isPrimary: boolean,
): AttachmentRecord {
  const details = ask.createVnicDetails;
  if (details.subnetId === undefined)
    throw missingParameter('createVnicDetails.subnetId is required.');
  const subnet = find(world.subnets, details.subnetId, 'subnet');
  const nsgIds = checkNsgs(world, details.nsgIds ?? []);
  const siblings = attachmentsOf(world, instance.id).length;
  const { compartmentId } = instance;
  const attachment: AttachmentRecord = {
    ...newResource(world, 'vnicattachment', { compartmentId, displayName: ask.displayName }),
    instanceId: instance.id,
    vnicId: '',
    subnetId: subnet.id,
    lifecycle: 'ATTACHING',
    provisioned: isPrimary,
    nicIndex: checkNicIndex(instance, ask.nicIndex),
    vlanTag: instance.shape.kind === 'bm' ? siblings : world.random.between(1, 4094),
  };
  const vnic: VnicRecord = {
    ...newResource(world, 'vnic', { ...details, compartmentId: subnet.compartmentId }),
    instanceId: instance.id,
    attachmentId: attachment.id,
    subnetId: subnet.id,
    isPrimary,
    mac: newMac(world),
    lifecycle: 'PROVISIONING',
    nsgIds,
    skipSourceDestCheck: details.skipSourceDestCheck ?? false,
    ...(details.hostnameLabel !== undefined && { hostnameLabel: details.hostnameLabel }),
  };
  attachment.vnicId = vnic.id;
  try {
    takeFirstAddresses(world, subnet, vnic, details);
  } catch (error) {
    releaseAll(world, vnic.id);
    throw error;
  }
  world.attachments.set(attachment.id, attachment);
  world.vnics.set(vnic.id, vnic);
  return attachment;
}

/** The VNIC is there: the guest sees its card. */
export function finishAttach(world: World, attachment: AttachmentRecord): void {
  const vnic = world.vnics.get(attachment.vnicId);
  if (attachment.lifecycle !== 'ATTACHING' || !vnic) return;
  attachment.lifecycle = 'ATTACHED';
  attachment.provisioned = true;
  attachment.revision += 1;
  vnic.lifecycle = 'AVAILABLE';
  vnic.revision += 1;
  world.emit({ kind: 'vnicAttached', vnic: vnicFacts(world, vnic) });
}

/** Begins to detach, as a call does. */
export function detachVnic(world: World, attachment: AttachmentRecord): void {
  const vnic = find(world.vnics, attachment.vnicId, 'vnic');
  if (vnic.isPrimary) throw invalidParameter(`The primary VNIC ${vnic.id} cannot be detached.`);
  if (attachment.lifecycle !== 'ATTACHED') {
    throw incorrectState(`VNIC attachment ${attachment.id} is in state ${attachment.lifecycle}.`);
  }
  attachment.lifecycle = 'DETACHING';
  attachment.revision += 1;
  vnic.lifecycle = 'TERMINATING';
  vnic.revision += 1;
  world.clock.after(draw(world, world.profile.detach), () => finishDetach(world, attachment));
}

/** The VNIC and its addresses are gone; the attachment can be read for an hour. */
export function finishDetach(world: World, attachment: AttachmentRecord): void {
  const vnic = world.vnics.get(attachment.vnicId);
  if (!vnic) return;
  const wasSeen = attachment.lifecycle !== 'ATTACHING';
  const facts = vnicFacts(world, vnic);
  attachment.lifecycle = 'DETACHED';
  attachment.revision += 1;
  world.vnics.delete(vnic.id);
  releaseAll(world, vnic.id);
  world.clock.after(3_600_000, () => world.attachments.delete(attachment.id));
  if (wasSeen) world.emit({ kind: 'vnicDetached', vnic: facts });
}

export function updateVnic(
  world: World,
  vnic: VnicRecord,
  ask: Labels & Pick<VnicAsk, 'nsgIds' | 'skipSourceDestCheck' | 'hostnameLabel'>,
): void {
  if (vnic.lifecycle !== 'AVAILABLE') {
    throw incorrectState(`VNIC ${vnic.id} is in state ${vnic.lifecycle}.`);
  }
  if (ask.nsgIds !== undefined) vnic.nsgIds = checkNsgs(world, ask.nsgIds);
  if (ask.skipSourceDestCheck !== undefined) vnic.skipSourceDestCheck = ask.skipSourceDestCheck;
  if (ask.hostnameLabel !== undefined) vnic.hostnameLabel = ask.hostnameLabel;
  relabel(vnic, ask);
  world.emit({ kind: 'vnicChanged', vnic: vnicFacts(world, vnic) });
}

/** Those of an instance that have a VNIC. */
export function attachmentsOf(world: World, instanceId: string): AttachmentRecord[] {
  return [...world.attachments.values()].filter(
    (attachment) => attachment.instanceId === instanceId && attachment.lifecycle !== 'DETACHED',
  );
}

function mayHaveVnic(world: World, instance: InstanceRecord): void {
  const limit = vnicsOf(instance.shape, instance.ocpus);
  const has = attachmentsOf(world, instance.id).length;
  if (has >= limit) {
    throw limitExceeded(`Instance ${instance.id} has ${has} VNICs; its shape allows ${limit}.`);
  }
  if (world.vnics.size >= world.limits.vnicsPerTenancy) {
    throw limitExceeded(`The tenancy has ${world.vnics.size} VNICs, which is its limit.`);
  }
}

function checkNsgs(world: World, nsgIds: string[]): string[] {
  const { nsgsPerVnic } = world.limits;
  if (nsgIds.length > nsgsPerVnic) throw limitExceeded(`A VNIC has at most ${nsgsPerVnic} NSGs.`);
  for (const id of nsgIds) find(world.security, id, 'network security group');
  return [...nsgIds];
}

function checkNicIndex({ shape }: InstanceRecord, nicIndex = 0): number {
  if (Number.isInteger(nicIndex) && nicIndex >= 0 && nicIndex < shape.networkPorts) return nicIndex;
  throw invalidParameter(
    `nicIndex ${nicIndex}: shape ${shape.name} has ${shape.networkPorts} port(s).`,
  );
}

function takeFirstAddresses(
  world: World,
  subnet: SubnetRecord,
  vnic: VnicRecord,
  ask: VnicAsk,
): void {
  const has = (family: string) => subnet.spaces.some(({ cidr }) => cidr.family === family);
  const pairs = ask.ipv6AddressIpv6SubnetCidrPairDetails ?? (ask.assignIpv6Ip ? [{}] : []);
  if (has('inet')) {
    const { privateIp: ipAddress, subnetCidr } = ask;
    assign(world, subnet, vnic, { family: 'inet', ipAddress, subnetCidr, withVnic: true });
  } else if (pairs.length === 0) pairs.push({});
  for (const { ipv6Address: ipAddress, ipv6SubnetCidr: subnetCidr } of pairs) {
    assign(world, subnet, vnic, { family: 'inet6', ipAddress, subnetCidr, withVnic: true });
  }
}

/** Oracle's cards begin with 02:00:17. */
function newMac(world: World): string {
  const octet = () => world.random.between(0, 255).toString(16).padStart(2, '0');
  return `02:00:17:${octet()}:${octet()}:${octet()}`;
}
