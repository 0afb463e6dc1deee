import type { Lease } from '@vcn-cni/ipam';
import type { NodeFacts, PodAsk, SecondaryFacts, VnicFacts } from '../src/index.ts';

export const primary: VnicFacts = {
  name: 'ens3',
  id: 'primary',
  mtu: 9000,
  addresses: { inet: '10.0.0.10', inet6: 'fd00::10' },
  gateways: { inet: '10.0.0.1', inet6: 'fe80::aa' },
  acceptsRouterAdvertisements: true,
  blocks: [],
};

export const secondary: SecondaryFacts = {
  name: 'ens5',
  slot: 0,
  id: 'ocid1.vnic.5',
  mtu: 9000,
  addresses: { inet: '10.0.64.11', inet6: 'fd00:0:0:40::11' },
  gateways: { inet: '10.0.64.1', inet6: 'fe80::bb' },
  blocks: ['10.0.65.0/28', 'fd00:0:0:40:1::/80'],
};

export const node: NodeFacts = {
  primary,
  secondaries: [secondary],
  vcnCidrs: ['10.0.0.0/16', 'fd00::/56'],
  families: ['inet', 'inet6'],
};

export const key = { network: 'pods', containerId: 'c0ffee', ifname: 'eth0' };

export const ask: PodAsk = {
  key,
  netns: '/run/netns/a',
  pod: { namespace: 'default', name: 'web-0' },
  requested: [],
};

export const lease: Lease = {
  key,
  addresses: [
    { family: 'inet', address: '10.0.65.4', block: '10.0.65.0/28', vnic: 'ocid1.vnic.5' },
    {
      family: 'inet6',
      address: 'fd00:0:0:40:1::4',
      block: 'fd00:0:0:40:1::/80',
      vnic: 'ocid1.vnic.5',
    },
  ],
};
