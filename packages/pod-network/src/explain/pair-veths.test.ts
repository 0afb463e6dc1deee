import { emptyState, type LinkFact } from '@vcn-cni/netlink';
import { expect, it } from 'vitest';
import { pairVeths } from './pair-veths.ts';

const veth = (name: string, index: number, peerIndex: number, elsewhere = true): LinkFact => ({
  name,
  index,
  peerIndex,
  kind: 'veth',
  mtu: 1500,
  up: true,
  running: true,
  group: 0,
  ...(elsewhere ? { peerNamespaceId: 0 } : {}),
});
const space = (name: string, ...links: LinkFact[]) => ({
  name,
  network: { ...emptyState(), links },
  peers: {},
  iptables: { inet: [], inet6: [] },
  nftables: null,
});
const peersOf = (...spaces: ReturnType<typeof space>[]) =>
  Object.fromEntries(pairVeths(spaces).map(({ name, peers }) => [name, peers]));

it('pairs the two ends that name each other', () => {
  const host = space('host', veth('oci1', 17, 2), veth('oci2', 18, 2));
  const pods = [space('a', veth('eth0', 2, 17)), space('b', veth('eth0', 2, 18))];
  expect(peersOf(host, ...pods)).toEqual({
    host: {
      oci1: { namespace: 'a', link: 'eth0' },
      oci2: { namespace: 'b', link: 'eth0' },
    },
    a: { eth0: { namespace: 'host', link: 'oci1' } },
    b: { eth0: { namespace: 'host', link: 'oci2' } },
  });
});

it('a pair within one namespace, and ends whose other is not there', () => {
  expect(
    peersOf(space('a', veth('x', 2, 3, false), veth('y', 3, 2, false), veth('z', 4, 9))),
  ).toEqual({
    a: { x: { namespace: 'a', link: 'y' }, y: { namespace: 'a', link: 'x' } },
  });
});

it('leaves open what could be either', () => {
  const host = space('host', veth('oci1', 17, 2));
  const twins = [space('a', veth('eth0', 2, 17)), space('b', veth('eth0', 2, 17))];
  expect(peersOf(host, ...twins)).toEqual({ host: {}, a: {}, b: {} });
});
