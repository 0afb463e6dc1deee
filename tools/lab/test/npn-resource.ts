import { rename, writeFile } from 'node:fs/promises';
import type { VnicFacts } from '@vcn-cni/vcn-sim';
import { expect } from 'vitest';
import { type CloudNode, patiently } from './cloud-node.ts';
import { startOperator } from './cloud-operator.ts';

/** As the controller of Oracle does: a VNIC, then addresses on it one by one. */
export async function attachVnic(at: CloudNode, count: number): Promise<VnicFacts> {
  const { cloud, node, lab } = at;
  await using operator = await startOperator(cloud);
  const { client } = operator;
  const known = new Set(cloud.facts().vnics.map(({ id }) => id));
  await client.attachVnic({
    instanceId: node.instanceId,
    createVnicDetails: { subnetId: lab.vcn.subnets['pods']!.id, assignIpv6Ip: true },
  });
  const attached = () => cloud.facts().vnics.find(({ id }) => !known.has(id));
  await expect.poll(attached, patiently).toBeDefined();
  const vnicId = attached()!.id;
  for (let n = 0; n < count; n++) {
    await client.privateIps.create({ vnicId });
    await client.ipv6s.create({ vnicId });
  }
  await lab.vcn.settled();
  return attached()!;
}

/** Without the VNIC's own. */
export const podAddresses = ({ cidrs, address }: VnicFacts) => {
  const all = cidrs
    .map((cidr) => cidr.split('/')[0]!)
    .filter((one) => !Object.values(address).includes(one));
  return {
    v4: all.filter((one) => !one.includes(':')),
    v6: all.filter((one) => one.includes(':')),
  };
};

/** Of the first generation: one family, the VNIC's own address among the others. */
export function firstGeneration(at: CloudNode, vnic: VnicFacts, most = Number.POSITIVE_INFINITY) {
  const { cidrBlocks, virtualRouter } = at.lab.vcn.subnets['pods']!;
  const { v4 } = podAddresses(vnic);
  return {
    ...{ vnicId: vnic.id, macAddress: vnic.mac.toUpperCase() },
    ...{ routerIp: virtualRouter.inet, subnetCidr: cidrBlocks[0], hostAddress: vnic.address.inet },
    addresses: [vnic.address.inet, ...v4.slice(0, most)],
  };
}

/** Of the second: pairs of both families. */
export function secondGeneration(at: CloudNode, vnic: VnicFacts, most = Number.POSITIVE_INFINITY) {
  const { cidrBlocks, ipv6CidrBlocks, virtualRouter } = at.lab.vcn.subnets['pods']!;
  const { v4, v6 } = podAddresses(vnic);
  return {
    ...{ vnicId: vnic.id, macAddress: vnic.mac, nicIndex: vnic.nicIndex, vlanTag: vnic.vlanTag },
    routerIps: [{ v4: virtualRouter.inet, v6: virtualRouter.inet6 }],
    subnetCidrs: [{ v4: cidrBlocks[0], v6: ipv6CidrBlocks[0] }],
    hostAddresses: [{ v4: vnic.address.inet, v6: vnic.address.inet6 }],
    podAddresses: v4.slice(0, most).map((one, n) => ({ v4: one, v6: v6[n] })),
  };
}

/** Writes the resource anew, as what mirrors it does. */
export async function writeNpn(
  at: CloudNode,
  file: string,
  vnics: readonly object[],
): Promise<void> {
  const npn = {
    ...{ apiVersion: 'oci.oraclecloud.com/v1beta1', kind: 'NativePodNetwork' },
    ...{ metadata: { name: 'node1' }, spec: { id: at.node.instanceId } },
    status: { state: 'SUCCESS', reason: 'COMPLETED', vnics },
  };
  await writeFile(`${file}.new`, JSON.stringify(npn));
  await rename(`${file}.new`, file);
}
