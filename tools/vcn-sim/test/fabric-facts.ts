import type { CloudFacts, SubnetFacts, VnicFacts } from '../src/cloud/facts.ts';

export const open = ['0.0.0.0/0', '::/0'].flatMap((cidr) =>
  (['ingress', 'egress'] as const).map((direction) => ({
    direction,
    protocol: 'all' as const,
    peer: { cidr },
  })),
);

export const subnet: SubnetFacts = {
  id: 'subnet',
  vcnId: 'vcn',
  cidrBlocks: ['10.0.1.0/24'],
  ipv6CidrBlocks: ['fd00:a::/64'],
  virtualRouter: { mac: '00:00:17:00:00:01', inet: '10.0.1.1', inet6: 'fe80::200:17ff:fe00:1' },
  securityListIds: ['list'],
  internet: 'nat',
};

/** The n-th VNIC, with 10.0.1.<n> and fd00:a::<n>. */
export function vnic(n: number, change: Partial<VnicFacts> = {}): VnicFacts {
  return {
    id: `vnic${n}`,
    attachmentId: `attachment${n}`,
    instanceId: `instance${n}`,
    subnetId: subnet.id,
    isPrimary: true,
    mac: `02:00:17:00:00:0${n}`,
    nicIndex: 0,
    vlanTag: 0,
    address: { inet: `10.0.1.${n}`, inet6: `fd00:a::${n}` },
    cidrs: [`10.0.1.${n}/32`, `fd00:a::${n}/128`],
    skipSourceDestCheck: false,
    nsgIds: [],
    ...change,
  };
}

export function facts(vnics: VnicFacts[], change: Partial<CloudFacts> = {}): CloudFacts {
  return {
    vcns: [
      {
        id: 'vcn',
        cidrBlocks: ['10.0.0.0/16'],
        ipv6CidrBlocks: ['fd00:a::/56'],
        natGateway: { publicIp: '192.0.2.1' },
      },
    ],
    subnets: [subnet],
    instances: [],
    vnics,
    security: [{ id: 'list', kind: 'security-list', rules: open }],
    ...change,
  };
}
