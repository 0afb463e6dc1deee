import { type ActualState, diff, emptyState, step } from '@vcn-cni/netlink';
import { renderTable } from '@vcn-cni/nftables';
import { describe, expect, it } from 'vitest';
import type { CloudFacts } from '../src/cloud/facts.ts';
import type { SecurityRule } from '../src/cloud/security-rule.ts';
import { fabricOwnership } from '../src/fabric/ownership.ts';
import { placeVnics } from '../src/fabric/places.ts';
import { planFabric } from '../src/fabric/plan-fabric.ts';
import { vnicLink } from '../src/fabric/vnic-view.ts';
import { facts, subnet, vnic } from './fabric-facts.ts';

function plan(books: CloudFacts, publicAddresses = new Map<string, string>()) {
  return planFabric({
    facts: books,
    places: placeVnics(new Map(), books.vnics),
    publicAddresses,
  });
}

const rulesOf = (books: CloudFacts, chain: string): string[] =>
  plan(books)
    .table.chains.find(({ name }) => name === chain)!
    .rules.map(({ text }) => text);

const [one, two] = [vnicLink('vnic1'), vnicLink('vnic2')];

describe('the state', () => {
  it('routes what a VNIC holds to its MAC without asking, and ends the rest of the VCN silently', () => {
    const { state } = plan(facts([vnic(2, { cidrs: ['10.0.1.2/32', '10.0.1.32/28'] })]));
    expect(state.routes.filter(({ link }) => link === two)).toEqual(
      ['10.0.1.2/32', '10.0.1.32/28'].map((destination) =>
        expect.objectContaining({ destination, gateway: '169.254.1.1', onlink: true }),
      ),
    );
    expect(state.neighbours).toContainEqual({
      link: two,
      address: '169.254.1.1',
      mac: '02:00:17:00:00:02',
    });
    expect(state.routes).toContainEqual(
      expect.objectContaining({ destination: '10.0.0.0/16', type: 'blackhole' }),
    );
  });

  it('gives a VNIC a card in its node, with its MAC and 9000 bytes', () => {
    const { state } = plan(facts([vnic(1)]));
    expect(state.links.find(({ name }) => name === one)?.peer).toEqual({
      name: 'ens3',
      mac: '02:00:17:00:00:01',
      mtu: 9000,
      namespace: 'instance1',
    });
  });

  it('changes by what was changed, and nothing else', () => {
    const before = vnic(1, { cidrs: ['10.0.1.1/32', '10.0.1.9/32'] });
    const lo = { name: 'lo', index: 1, mtu: 65536, up: true, running: true, group: 0 };
    const empty: ActualState = { ...emptyState(), links: [lo] };
    const first = diff(empty, plan(facts([before])).state, fabricOwnership);
    const state = first.reduce(step, empty);
    const after = plan(facts([vnic(1, { cidrs: ['10.0.1.1/32'] })])).state;
    const operations = diff(state, after, fabricOwnership);
    expect(operations).toEqual([
      {
        op: 'route.delete',
        route: expect.objectContaining({ destination: '10.0.1.9/32', link: one }),
      },
    ]);
  });

  it('answers neighbour discovery for the other addresses of the subnet, not for its own', () => {
    const elsewhere = vnic(3, { subnetId: 'other' });
    const books = facts([vnic(1), vnic(2), elsewhere], {
      subnets: [subnet, { ...subnet, id: 'other' }],
    });
    expect(plan(books).proxies).toEqual([
      { link: one, address: 'fd00:a::2' },
      { link: two, address: 'fd00:a::1' },
    ]);
  });
});

describe('cards', () => {
  const secondary = (n: number) => vnic(n, { instanceId: 'node', isPrimary: false });
  const primary = vnic(1, { instanceId: 'node' });
  const devices = (places: ReturnType<typeof placeVnics>) =>
    [...places].map(([id, { device }]) => [id, device]);

  it('are ens3, then ens5 and on, and stay', () => {
    const first = placeVnics(new Map(), [primary, secondary(2), secondary(3)]);
    expect(devices(first)).toEqual([
      ['vnic1', 'ens3'],
      ['vnic2', 'ens5'],
      ['vnic3', 'ens6'],
    ]);
    const second = placeVnics(first, [primary, secondary(3), secondary(4)]);
    expect(devices(second)).toEqual([
      ['vnic1', 'ens3'],
      ['vnic3', 'ens6'],
      ['vnic4', 'ens5'],
    ]);
  });
});

describe('the table', () => {
  it('checks the sources of every VNIC that is not exempt', () => {
    const books = facts([vnic(1), vnic(2, { skipSourceDestCheck: true })]);
    expect(rulesOf(books, 'sources')).toEqual([`iifname "${one}" goto source-${one}`]);
    expect(rulesOf(books, `source-${one}`)).toEqual([
      'ip saddr 10.0.1.1/32 accept',
      'meta nfproto ipv4 meta mark set 0x1',
      'ip6 saddr fe80::/10 accept',
      'ip6 saddr :: accept',
      'ip6 saddr fd00:a::1/128 accept',
      'meta nfproto ipv6 meta mark set 0x1',
    ]);
  });

  it('lets nothing of a family pass that the VNIC has no address of', () => {
    const books = facts([vnic(1, { cidrs: ['fd00:a::1/128'] })]);
    expect(rulesOf(books, `source-${one}`)[0]).toBe('meta nfproto ipv4 meta mark set 0x1');
  });

  const allowed: [name: string, rule: SecurityRule, text: string][] = [
    [
      'ports',
      {
        direction: 'ingress',
        protocol: 'tcp',
        peer: { cidr: '10.0.0.0/16' },
        ports: { min: 80, max: 90 },
      },
      'ip saddr 10.0.0.0/16 tcp dport 80-90 accept',
    ],
    [
      'a type of ICMP',
      {
        direction: 'ingress',
        protocol: 'icmp',
        peer: { cidr: '0.0.0.0/0' },
        icmp: { type: 3, code: 4 },
      },
      'meta nfproto ipv4 icmp type 3 icmp code 4 accept',
    ],
    [
      'a group',
      { direction: 'ingress', protocol: 'udp', peer: { nsgId: 'group' } },
      'ip saddr { 10.0.1.2/32 } meta l4proto udp accept',
    ],
  ];

  it.each(allowed)('allows by %s', (_, rule, text) => {
    const books = facts([vnic(1), vnic(2, { nsgIds: ['group'] })], {
      security: [{ id: 'list', kind: 'security-list', rules: [rule] }],
    });
    expect(rulesOf(books, `ingress-${one}`)).toContain(text);
    expect(rulesOf(books, `ingress-${one}`).at(-1)).toBe('drop');
    expect(rulesOf(books, `egress-${one}`)).toEqual(['drop']);
  });

  it('can be written in the language of nft', () => {
    const books = facts([vnic(1), vnic(2)]);
    const { table, counters } = plan(books, new Map([['vnic1', '192.0.2.50']]));
    expect(renderTable(table)).toContain('ip saddr 10.0.1.1 snat ip to 192.0.2.50');
    for (const counter of counters) expect(renderTable(counter)).toContain('counter');
  });
});
