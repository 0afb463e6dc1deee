import { type Cloud, type CloudOptions, createCloud } from '@vcn-cni/vcn-sim';

/** A VCN with a node subnet, a pod subnet of two CIDRs, and one running instance. */
export function smallEstate(options: CloudOptions = {}) {
  const cloud: Cloud = createCloud(options);
  const vcn = cloud.createVcn({ cidrBlocks: ['10.0.0.0/16'], ipv6CidrBlocks: ['2001:db8::/56'] });
  const nodes = cloud.createSubnet({ vcnId: vcn.id, cidrBlocks: ['10.0.0.0/24'] });
  const pods = cloud.createSubnet({
    vcnId: vcn.id,
    cidrBlocks: ['10.0.16.0/24', '10.0.32.0/20'],
    ipv6CidrBlocks: ['2001:db8:0:1::/64'],
  });
  const instance = cloud.launchInstance({
    displayName: 'node-1',
    createVnicDetails: { subnetId: nodes.id },
  });
  return { cloud, vcn, nodes, pods, instance };
}
