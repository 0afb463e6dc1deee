import type { Change, LinkFact } from '@vcn-cni/netlink';
import { defaultSettings } from '@vcn-cni/pod-network';
import { expect, test } from 'vitest';
import { concerns } from './concerns.ts';
import type { Scene } from './deps.ts';

const link = (name: string, up: boolean): LinkFact => ({
  ...{ name, index: 7, mtu: 9000, up, running: up, group: 0 },
});
const record = {
  lease: { addresses: [{ address: '10.0.65.4' }] },
  detail: { spec: { hostLink: 'oci1' }, hostIndex: 7 },
};
const scene = (busy: boolean) =>
  ({
    registry: {
      byHostLink: (name: string) => (name === 'oci1' ? record : undefined),
      byHostIndex: (index: number) => (index === 7 ? record : undefined),
    },
    locks: { isHeld: () => busy },
    settings: { host: defaultSettings },
  }) as unknown as Scene;

const route = (table: number, event: 'new' | 'gone' = 'gone', linkIndex = 7): Change => ({
  ...{ kind: 'route', event, linkIndex },
  route: { family: 'inet', destination: '10.0.65.4/32', table, link: 'oci1' },
});
const neighbour = (address: string, event: 'new' | 'gone' = 'gone'): Change => ({
  ...{ kind: 'neighbour', event, linkIndex: 7, permanent: false },
  neighbour: { link: 'oci1', address, mac: '02:00:00:00:00:01' },
});
const address: Change = {
  ...{ kind: 'address', event: 'gone', linkIndex: 7 },
  address: { link: 'oci1', address: 'fe80::1/64' },
};

test.each<[string, Change, boolean]>([
  ['its route is gone', route(1000), true],
  ['its route is there again', route(1000, 'new'), false],
  ['a route of another table is gone', route(254), false],
  ["somebody else's route is gone", route(1000, 'gone', 8), false],
  ['its address is gone', address, true],
  ['its neighbour is gone', neighbour('10.0.65.4'), true],
  ['a neighbour that the kernel had learned is gone', neighbour('fe80::77'), false],
  ['its link is down', { kind: 'link', event: 'new', link: link('oci1', false) }, true],
  ['its link is up', { kind: 'link', event: 'new', link: link('oci1', true) }, false],
  ['its link is gone', { kind: 'link', event: 'gone', link: link('oci1', false) }, false],
  ['another link is down', { kind: 'link', event: 'new', link: link('eth9', false) }, false],
])('%s', (_, change, expected) => {
  expect(concerns(scene(false), change)).toBe(expected);
  expect(concerns(scene(true), change)).toBe(false);
});

test('what is lost is not its own to tell', () => {
  expect(concerns(scene(false), { kind: 'overrun' })).toBe(false);
});
