import { type ActualState, emptyState } from '@vcn-cni/netlink';
import { expect, test } from 'vitest';
import type { NodeReading } from './read-node.ts';
import { trace } from './trace.ts';

const veth = (name: string, index: number, peerIndex: number) => ({
  ...{ name, index, peerIndex, peerNamespaceId: 0, kind: 'veth', mac: '02:00:00:00:00:01' },
  ...{ mtu: 9000, up: true, running: true, group: 0 },
});
const pod: ActualState = {
  ...emptyState(),
  links: [veth('eth0', 2, 7)],
  addresses: [{ link: 'eth0', address: '10.0.1.4/32', scope: 'global' }],
};
const node: ActualState = {
  ...emptyState(),
  links: [{ ...veth('ens3', 3, 9), kind: 'dummy' }, veth('oci0', 7, 2)],
  addresses: [{ link: 'ens3', address: '10.0.0.2/24', scope: 'global' }],
  neighbours: [{ link: 'oci0', address: '10.0.1.4', mac: '02:00:00:00:00:01' }],
  rules: [{ family: 'inet', priority: 512, action: 'lookup', table: 1000 }],
  routes: [
    {
      ...{ family: 'inet', destination: '10.0.1.4/32', table: 1000, link: 'oci0' },
      ...{ scope: 'link', source: '10.0.0.2' },
    },
  ],
};

test('the packet filter of a pod is read when the way leads to it; pods that cannot be read are told', async () => {
  const asked: string[][] = [];
  const read = async (rulesOf: readonly string[]): Promise<NodeReading> => {
    asked.push([...rulesOf]);
    return {
      name: 'node1',
      namespaces: [
        { name: 'node1', network: node },
        { name: 'default/web', network: pod },
      ],
      vnics: [{ link: 'ens3', addresses: ['10.0.0.2'] }],
      unread: ['default/db: its namespace is gone'],
    };
  };
  const { traces, unread } = await trace({ from: 'node', to: 'web' }, read, []);
  expect(asked).toEqual([[], ['default/web']]);
  expect(traces[0]!.steps.map(({ namespace }) => namespace)).toContain('default/web');
  expect(unread).toEqual(['default/db: its namespace is gone']);
});
