import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import type { Cloud } from '../cloud/cloud.ts';
import type { VnicFacts } from '../cloud/facts.ts';
import type { Fabric } from '../fabric/fabric.ts';
import { bootNode } from './boot-node.ts';

/** An instance of the VCN: a namespace whose system has booted. */
export interface VcnNode extends Pick<SandboxNamespace, 'exec' | 'spawn' | 'path' | 'handle'> {
  readonly name: string;
  readonly instanceId: string;
  /** As it was at launch. */
  readonly primary: VnicFacts;
  readonly namespace: SandboxNamespace;
}

/** Launches an instance whose primary VNIC is in the subnet, and boots it. */
export async function launchNode(
  cloud: Cloud,
  fabric: Fabric,
  ask: { name: string; subnetId: string; shape?: string; ocpus?: number },
): Promise<VcnNode> {
  const { name, subnetId, shape, ocpus } = ask;
  const subnet = cloud.facts().subnets.find(({ id }) => id === subnetId);
  if (!subnet) throw new Error(`subnetId ${JSON.stringify(subnetId)} is no subnet of this cloud`);
  const assignIpv6Ip = subnet.ipv6CidrBlocks.length > 0;
  const { id: instanceId } = cloud.launchInstance({
    displayName: name,
    hostname: name,
    ...(shape === undefined ? {} : { shape }),
    ...(ocpus === undefined ? {} : { ocpus }),
    createVnicDetails: { subnetId, assignIpv6Ip },
  });
  await fabric.settled();
  const primary = cloud
    .facts()
    .vnics.find((vnic) => vnic.instanceId === instanceId && vnic.isPrimary)!;
  const namespace = fabric.node(instanceId);
  await bootNode(namespace.handle, fabric.device(primary.id)!, primary, subnet);
  const { exec, spawn, path, handle } = namespace;
  return { name, instanceId, primary, namespace, exec, spawn, path, handle };
}
