import { parseSave } from '@vcn-cni/iptables';
import type { LinkFact, RouteSpec } from '@vcn-cni/netlink';
import type { HostCapture, NamespaceCapture, Packet } from '../src/explain/index.ts';

const link = (name: string, peerIndex?: number): LinkFact => ({
  name,
  index: peerIndex ?? 1,
  mtu: 9000,
  up: true,
  running: true,
  group: 0,
  ...(peerIndex === undefined ? {} : { kind: 'veth', peerIndex, peerNamespaceId: 1 }),
});
const local = (address: string, on: string): RouteSpec => ({
  family: 'inet',
  destination: `${address}/32`,
  table: 255,
  type: 'local',
  link: on,
});
export const direct = (destination: string, on: string): RouteSpec => ({
  family: 'inet',
  destination,
  link: on,
});

function namespace(
  name: string,
  address: string,
  links: string[],
  routes: RouteSpec[],
): NamespaceCapture {
  const on = links[0]!;
  return {
    name,
    network: {
      links: links.map((one, at) => link(one, at + 2)),
      addresses: [{ link: on, address: `${address}/32` }],
      routes: [local(address, on), ...routes],
      rules: [
        { family: 'inet', priority: 0, action: 'lookup', table: 255 },
        { family: 'inet', priority: 32766, action: 'lookup', table: 254 },
      ],
      neighbours: [],
      sysctls: links.flatMap((one) => [
        { name: `net/ipv4/conf/${one}/forwarding`, value: '1' },
        { name: `net/ipv4/conf/${one}/rp_filter`, value: '0' },
      ]),
    },
    peers: {},
    iptables: { inet: [], inet6: [] },
    nftables: null,
  };
}

/** A pod, its node with one VNIC, nothing else. */
export function host(): HostCapture {
  const pod = namespace(
    'pod',
    '10.0.1.3',
    ['eth0'],
    [{ ...direct('0.0.0.0/0', 'eth0'), gateway: '10.0.0.10' }],
  );
  const node = namespace(
    'node',
    '10.0.0.10',
    ['ens3', 'oci1'],
    [direct('10.0.1.3/32', 'oci1'), direct('0.0.0.0/0', 'ens3')],
  );
  pod.peers = { eth0: { namespace: 'node', link: 'oci1' } };
  node.peers = { oci1: { namespace: 'pod', link: 'eth0' } };
  const vnics = [{ link: 'ens3', addresses: ['10.0.0.10', '10.0.1.0/28'] }];
  return { name: 'node', root: 'node', namespaces: [pod, node], vnics };
}

export const ask: Packet = {
  from: { namespace: 'pod' },
  destination: '10.0.0.10',
  protocol: 'tcp',
  destinationPort: 80,
};
/** With lines in INPUT of the node's filter table. */
export const filtered = (lines: string): HostCapture => {
  const one = host();
  const [table, chain] = ['filter', 'INPUT'];
  const text = `*${table}\n:${chain} ACCEPT [0:0]\n${lines}\nCOMMIT\n`;
  one.namespaces[1]!.iptables.inet = parseSave(text, { counters: false });
  return one;
};
