import type { Block } from '@vcn-cni/ipam';
import type { ActualState, Change, LinkFact } from '@vcn-cni/netlink';
import { defaultSettings, type NodeFacts } from '@vcn-cni/pod-network';
import { expect, test } from 'vitest';
import { createNodeView } from './node-view.ts';
import type { Offer, SourceVnic } from './offer.ts';

const base: NodeFacts = {
  primary: {
    ...{ name: 'ens3', id: 'primary', mac: '02:00:00:00:00:01', mtu: 9000 },
    ...{ addresses: { inet: '10.0.0.11' }, gateways: { inet: '10.0.0.1' }, blocks: [] },
  },
  secondaries: [],
  vcnCidrs: [],
  families: ['inet'],
};
const link = (name: string, index: number, mac: string): LinkFact => ({
  ...{ name, index, mac, mtu: 9000, up: true, running: true, group: 0 },
});
const primary = link('ens3', 2, base.primary.mac!);
const vnic = (letter: string): SourceVnic => ({
  ...{ id: `ocid1.vnic.${letter}`, mac: `02:00:00:00:00:0${letter}` },
  ...{ addresses: { inet: `10.0.64.1${letter.charCodeAt(0)}` }, gateways: { inet: '10.0.64.1' } },
});
const [a, b] = [vnic('a'), vnic('b')];
const block = (cidr: string, { id }: SourceVnic): Block => ({ cidr, vnic: id });
const one: Offer = { vnics: [a], blocks: [block('10.0.64.16/28', a)] };

/** A view over a host of which a test says what it holds. */
function createHost(links: LinkFact[]) {
  const host = {
    links,
    rules: [] as ActualState['rules'],
    looks: 0,
    broken: false,
    changes: 0,
    cards: [] as string[],
    failures: [] as unknown[],
    blocks: [] as readonly Block[],
    time: 1_000,
    usable: () => host.blocks.filter(({ draining }) => !draining).map(({ cidr }) => cidr),
  };
  const view = createNodeView(base, defaultSettings, {
    async look() {
      host.looks += 1;
      if (host.broken) throw new Error('ENOBUFS');
      return { links: host.links, rules: host.rules };
    },
    pool: {
      setBlocks: (blocks) => {
        host.blocks = blocks;
      },
    },
    now: () => host.time,
    changed: () => {
      host.changes += 1;
    },
    cardsChanged: (event) => void host.cards.push(event),
    failed: (error) => void host.failures.push(error),
  });
  return { host, view };
}

async function offered(offer: Offer, links: LinkFact[]) {
  const made = createHost(links);
  made.view.offer(offer);
  await made.view.settled();
  return made;
}

const wire = ({ view }: ReturnType<typeof createHost>) => view.wired(view.facts());

test('nothing is known before the first offer, and then only with the links of the host', async () => {
  const { host, view } = createHost([primary, link('ens5', 3, a.mac)]);
  expect(view.known()).toBe(false);
  view.offer(one);
  expect(view.known()).toBe(false);
  await view.settled();
  expect(view.known()).toBe(true);
  expect(view.facts().secondaries).toMatchObject([{ name: 'ens5', slot: 0 }]);
  expect(host.changes).toBe(1);
});

test('blocks of the primary alone are known at once', () => {
  const { host, view } = createHost([primary]);
  view.offer({ vnics: [], blocks: [{ cidr: '10.0.0.32/28', vnic: 'primary' }] });
  expect(view.known()).toBe(true);
  expect(view.facts().primary.blocks).toEqual(['10.0.0.32/28']);
  expect(host.usable()).toEqual([]);
  wire({ host, view });
  expect(host.usable()).toEqual(['10.0.0.32/28']);
});

test('blocks are draining until the kernel is like the facts that they are in', async () => {
  const made = await offered(one, [primary, link('ens5', 3, a.mac)]);
  const { host, view } = made;
  expect(host.blocks).toEqual([{ ...one.blocks[0], draining: true }]);
  const before = view.facts();
  view.offer({ ...one, blocks: [...one.blocks, block('10.0.64.32/28', a)] });
  view.wired(before);
  expect(host.usable()).toEqual(['10.0.64.16/28']);
  wire(made);
  expect(host.usable()).toEqual(['10.0.64.16/28', '10.0.64.32/28']);
});

test('a block that the source drains stays so', async () => {
  const draining: Offer = { vnics: [a], blocks: [{ ...one.blocks[0]!, draining: true }] };
  const made = await offered(draining, [primary, link('ens5', 3, a.mac)]);
  wire(made);
  expect(made.host.usable()).toEqual([]);
});

test('a block that moves to another VNIC is of no use before the kernel knows', async () => {
  const links = [primary, link('ens5', 3, a.mac), link('ens6', 4, b.mac)];
  const made = await offered({ ...one, vnics: [a, b] }, links);
  wire(made);
  expect(made.host.usable()).toEqual(['10.0.64.16/28']);
  const before = made.view.facts();
  made.view.offer({ vnics: [a, b], blocks: [block('10.0.64.16/28', b)] });
  expect(made.host.usable()).toEqual([]);
  made.view.wired(before);
  expect(made.host.usable()).toEqual([]);
  wire(made);
  expect(made.host.usable()).toEqual(['10.0.64.16/28']);
});

test('a block that comes back to its VNIC is made anew', async () => {
  const made = await offered(one, [primary, link('ens5', 3, a.mac)]);
  wire(made);
  made.view.offer({ ...one, blocks: [] });
  made.view.offer(one);
  expect(made.host.usable()).toEqual([]);
});

test('a card that appears late is told as missing, since when, and then used', async () => {
  const { host, view } = await offered(one, [primary]);
  host.time = 5_000;
  view.offer(one);
  await view.settled();
  expect(view.missing()).toEqual([
    { cause: 'link-missing', subject: a.id, since: 1_000, detail: `MAC address ${a.mac}` },
  ]);
  wire({ host, view });
  expect(host.usable()).toEqual([]);
  const changes = host.changes;
  const card = link('ens5', 3, a.mac);
  host.links = [primary, card];
  expect(view.heed({ kind: 'link', event: 'new', link: card })).toBe(true);
  await view.settled();
  expect(view.missing()).toEqual([]);
  expect(host.changes).toBe(changes + 1);
  wire({ host, view });
  expect(host.usable()).toEqual(['10.0.64.16/28']);
});

test('the same offer again asks for nothing', async () => {
  const { host, view } = await offered(one, [primary, link('ens5', 3, a.mac)]);
  const { changes, looks } = host;
  view.offer(structuredClone(one));
  await view.settled();
  expect(host).toMatchObject({ changes, looks });
});

test('the tables that an earlier process gave are kept, also when a VNIC goes', async () => {
  const { host, view } = createHost([primary, link('ens5', 3, a.mac), link('ens6', 4, b.mac)]);
  const { priorities, routeProtocol: protocol, tables } = defaultSettings;
  host.rules = [
    {
      ...{ family: 'inet', priority: priorities.source, action: 'lookup', protocol },
      ...{ from: `${b.addresses.inet}/32`, table: tables.vnicBase },
    },
  ];
  view.offer({ vnics: [a, b], blocks: [] });
  await view.settled();
  const slots = () =>
    Object.fromEntries(view.facts().secondaries.map(({ id, slot }) => [id, slot]));
  expect(slots()).toEqual({ [a.id]: 1, [b.id]: 0 });
  view.offer({ vnics: [a], blocks: [] });
  expect(slots()).toEqual({ [a.id]: 1 });
});

test('a host that cannot be read is told of, and read when the next thing happens', async () => {
  const { host, view } = createHost([primary, link('ens5', 3, a.mac)]);
  host.broken = true;
  view.offer(one);
  await view.settled();
  expect(host.failures).toHaveLength(1);
  expect(view.known()).toBe(false);
  host.broken = false;
  view.offer(one);
  await view.settled();
  expect(view.known()).toBe(true);
});

test('announcements about VNICs concern it, and others do not', async () => {
  const card = link('ens5', 3, a.mac);
  const { host, view } = await offered(one, [primary, card]);
  const looks = host.looks;
  const address = { link: '', address: '10.0.64.5/32' };
  const gone = (linkIndex: number): Change => ({
    ...{ kind: 'address', event: 'gone' },
    ...{ linkIndex, address },
  });
  expect(view.heed(gone(3))).toBe(true);
  expect(view.heed(gone(2))).toBe(true);
  expect(view.heed(gone(9))).toBe(false);
  const pod = link('oci1', 9, '02:00:00:00:00:99');
  expect(view.heed({ kind: 'link', event: 'new', link: pod })).toBe(false);
  expect(host.looks).toBe(looks);
  expect(view.heed({ kind: 'link', event: 'gone', link: card })).toBe(true);
  expect(view.heed({ kind: 'overrun' })).toBe(true);
  await view.settled();
  expect(host.looks).toBe(looks + 2);
});

test('a card that comes or goes is told once; links of pods are no cards', async () => {
  const { host, view } = await offered(one, [primary, link('ens5', 3, a.mac)]);
  const tell = (event: 'new' | 'gone', fact: LinkFact) =>
    view.heed({ kind: 'link', event, link: fact });
  const stranger = link('ens6', 4, b.mac);
  expect([tell('new', stranger), tell('new', stranger)]).toEqual([false, false]);
  expect(tell('new', link('oci01234567890', 5, b.mac))).toBe(false);
  expect(host.cards).toEqual(['new']);
  tell('gone', stranger);
  tell('new', stranger);
  expect(host.cards).toEqual(['new', 'new']);
  expect(tell('gone', link('ens5', 3, a.mac))).toBe(true);
  expect(host.cards).toEqual(['new', 'new', 'gone']);
});
