import { parseSave } from '@vcn-cni/iptables';
import type { LinkFact, RouteSpec } from '@vcn-cni/netlink';
import { parseRuleset } from '@vcn-cni/nftables';
import { describe, expect, it } from 'vitest';
import type { HostCapture, NamespaceCapture } from './capture.ts';
import { explain } from './explain.ts';
import type { Packet } from './packet.ts';

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
const direct = (destination: string, on: string): RouteSpec => ({
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
function host(): HostCapture {
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

const ask: Packet = {
  from: { namespace: 'pod' },
  destination: '10.0.0.10',
  protocol: 'tcp',
  destinationPort: 80,
};
const filtered = (lines: string): HostCapture => {
  const one = host();
  const [table, chain] = ['filter', 'INPUT'];
  const text = `*${table}\n:${chain} ACCEPT [0:0]\n${lines}\nCOMMIT\n`;
  one.namespaces[1]!.iptables.inet = parseSave(text, { counters: false });
  return one;
};
const texts = (capture: HostCapture, packet = ask) =>
  explain([capture], packet).steps.map(({ text }) => text);

it('stays plain JSON', () => {
  const capture = filtered('-A INPUT -p tcp -m tcp --dport 81 -j DROP');
  const told = explain([capture], ask);
  expect(told.verdict).toBe('delivered');
  expect(JSON.parse(JSON.stringify(told))).toEqual(told);
  expect(JSON.parse(JSON.stringify(capture))).toEqual(capture);
});

it('leaves its input as it was', () => {
  const capture = host();
  const before = structuredClone(capture);
  explain([capture], ask);
  expect(capture).toEqual(before);
});

describe('what it cannot judge it does not guess', () => {
  it.each([
    '-A INPUT -m hashlimit --hashlimit-upto 5/sec --hashlimit-name a -j DROP',
    '-A INPUT -m set --match-set absent src -j DROP',
    '-A INPUT -p tcp -j NFQUEUE --queue-num 1',
  ])('%s', (rule) => {
    const told = explain([filtered(rule)], ask);
    expect(told.verdict).toBe('uncertain');
    expect(told.why).toContain('cannot be judged: iptables filter INPUT');
    expect(told.steps.at(-1)?.kind).toBe('deliver');
  });

  it.each([
    // Another match of the rule says no.
    '-A INPUT -p udp -m hashlimit --hashlimit-upto 5/sec --hashlimit-name a -j DROP',
    '-A INPUT -m set --match-set absent src -m mark --mark 0x1 -j DROP',
    // Whatever it says, the packet goes on.
    '-A INPUT -m limit --limit 5/min -j LOG --log-prefix "x"',
  ])('but not where it does not matter: %s', (rule) => {
    expect(explain([filtered(rule)], ask).verdict).toBe('delivered');
  });

  it('an nftables rule', () => {
    const capture = host();
    const object = { family: 'inet', table: 't' };
    const expr = (statement: object) => ({
      nftables: [
        { table: { family: 'inet', name: 't' } },
        {
          chain: { ...object, name: 'c', type: 'filter', hook: 'input', prio: 0, policy: 'accept' },
        },
        { rule: { ...object, chain: 'c', expr: [statement, { drop: null }] } },
      ],
    });
    const read = (statement: object) => parseRuleset(JSON.stringify(expr(statement)));
    capture.namespaces[1]!.nftables = read({ limit: { rate: 5, per: 'second' } });
    expect(explain([capture], ask)).toMatchObject({
      verdict: 'uncertain',
      why: 'cannot be judged: nftables inet t c: limit rate 5/second drop (statement limit)',
    });
    capture.namespaces[1]!.nftables = read({ counter: null });
    expect(explain([capture], ask)).toMatchObject({
      verdict: 'dropped',
      why: 'nftables inet t c: counter drop',
    });
  });

  it('a sysctl or the end of a link that was not captured', () => {
    const capture = host();
    capture.namespaces[1]!.network.sysctls = [];
    expect(explain([capture], ask).why).toBe(
      'cannot be judged: rp_filter of oci1 was not captured',
    );
    capture.namespaces[0]!.peers = {};
    expect(explain([capture], ask)).toMatchObject({
      verdict: 'uncertain',
      why: 'cannot be judged: the other end of eth0 was not captured',
    });
  });
});

it('knows an ipset that was captured', () => {
  const capture = filtered('-A INPUT -m set --match-set pods src,dst -j DROP');
  capture.namespaces[1]!.ipsets = { pods: ['10.0.9.0/24,tcp:80', '10.0.1.0/28,tcp:80 timeout 5'] };
  expect(explain([capture], ask).verdict).toBe('dropped');
  capture.namespaces[1]!.ipsets = { pods: ['10.0.1.0/28,udp:80'] };
  expect(explain([capture], ask).verdict).toBe('delivered');
});

describe('where a way ends', () => {
  it('a route that refuses, a link that is down, a MAC that nobody has', () => {
    const capture = host();
    const [pod, node] = capture.namespaces;
    pod!.network.neighbours = [{ link: 'eth0', address: '10.0.0.10', mac: '02:00:00:00:00:01' }];
    node!.network.links[1]!.mac = '02:00:00:00:00:02';
    expect(explain([capture], ask).why).toBe(
      'the frame goes to 02:00:00:00:00:01, but node oci1 is 02:00:00:00:00:02',
    );
    node!.network.links[1]!.up = false;
    expect(explain([capture], ask).why).toBe('the other end of eth0 is down');
    pod!.network.routes.push({ family: 'inet', destination: '10.0.0.0/16', type: 'prohibit' });
    expect(explain([capture], ask).why).toMatch(/^route prohibit 10.0.0.0\/16/);
  });

  it('nobody listens', () => {
    const capture = host();
    capture.namespaces[1]!.listeners = [{ protocol: 'tcp', address: '10.0.0.10', port: 81 }];
    expect(explain([capture], ask).why).toBe('nobody in node listens on tcp 10.0.0.10 port 80');
    expect(explain([capture], { ...ask, destinationPort: 81 }).verdict).toBe('delivered');
  });

  it('security rules of a VNIC, which let answers pass', () => {
    const capture = host();
    const [vnic] = capture.vnics;
    vnic!.security = [
      { direction: 'egress', cidr: '0.0.0.0/0', protocol: 'tcp', ports: [443, 443] },
    ];
    const out = { ...ask, destination: '203.0.113.50' };
    expect(explain([capture], out)).toMatchObject({
      verdict: 'dropped',
      where: 'VCN',
      why: 'security rules of ens3 of node let no such packet out',
    });
    const secure = explain([capture], { ...out, destinationPort: 443 });
    expect(secure).toMatchObject({ verdict: 'delivered', back: { verdict: 'delivered' } });
  });

  it('a foreign source, unless the VNIC does not check', () => {
    const capture = host();
    const spoof = { ...ask, source: '10.9.9.9', destination: '203.0.113.50' };
    expect(explain([capture], spoof).why).toBe(
      'source 10.9.9.9 is not of the VNIC ens3, by which it left node',
    );
    capture.vnics[0]!.skipSourceDestCheck = true;
    expect(explain([capture], spoof)).toMatchObject({ verdict: 'delivered', where: 'VCN' });
  });

  it('circles end', () => {
    const capture = host();
    const back = { ...direct('10.0.9.9/32', 'oci1'), gateway: '10.0.1.3' };
    capture.namespaces[1]!.network.routes.push(back);
    const from = { namespace: 'node', link: 'ens3' };
    const packet = { ...ask, from, source: '203.0.113.50', destination: '10.0.9.9' };
    expect(explain([capture], packet).why).toMatch(/in circles/);
  });

  it('nobody answers for the next hop', () => {
    const capture = host();
    capture.namespaces[0]!.network.routes[1]!.gateway = '10.0.0.1';
    expect(explain([capture], ask).why).toBe(
      'no neighbour 10.0.0.1 on eth0: node does not answer for 10.0.0.1',
    );
  });
});

describe('what is asked wrongly', () => {
  it.each<[string, Partial<Packet>]>([
    ['from.namespace: "elsewhere" is not in the captures', { from: { namespace: 'elsewhere' } }],
    [
      'from.link: node has no link "ens9"',
      { from: { namespace: 'node', link: 'ens9' }, source: '10.0.0.1' },
    ],
    [
      'source: a packet that arrives by a link has one',
      { from: { namespace: 'node', link: 'ens3' } },
    ],
    ['"fd00::1" and "10.0.0.10" are of two families', { source: 'fd00::1' }],
    ['"10.0.0" is not an IP address', { destination: '10.0.0' }],
  ])('%s', (message, part) => {
    expect(() => explain([host()], { ...ask, ...part })).toThrow(message);
  });

  it('names that are not unique', () => {
    expect(() => explain([host(), host()], ask)).toThrow('namespaces: "pod" is there twice');
    expect(() => explain([{ ...host(), root: 'x' }], ask)).toThrow('root: "x" is not among');
  });
});

it('a packet of an established connection is not translated anew', () => {
  const capture = host();
  const nat =
    '*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.99\nCOMMIT\n';
  capture.namespaces[1]!.iptables.inet = parseSave(nat, { counters: false });
  expect(texts(capture)).toContain('destination becomes 10.0.0.99 port 80');
  const later = texts(capture, { ...ask, ctstate: 'established' });
  expect(later).not.toContain('destination becomes 10.0.0.99 port 80');
});

it('of two chains of equal priority the one made last decides', () => {
  const capture = host();
  const nat = (name: string, to: string) => {
    const at = { family: 'ip', table: name };
    const base = { type: 'nat', hook: 'prerouting', prio: -100, policy: 'accept' };
    return [
      { table: { family: 'ip', name } },
      { chain: { ...at, name: 'c', ...base } },
      { rule: { ...at, chain: 'c', expr: [{ dnat: { addr: to } }] } },
    ];
  };
  const nftables = [...nat('first', '10.0.0.98'), ...nat('second', '10.0.0.99')];
  capture.namespaces[1]!.nftables = parseRuleset(JSON.stringify({ nftables }));
  expect(texts(capture)).toContain('destination becomes 10.0.0.99 port 80');
});

it('a mark stays in the namespace that set it', () => {
  const capture = host();
  const [pod, node] = capture.namespaces;
  const mangle = '*mangle\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -j MARK --set-xmark 0x80/0x80\nCOMMIT\n';
  pod!.iptables.inet = parseSave(mangle, { counters: false });
  const marked = {
    family: 'inet' as const,
    priority: 1,
    action: 'prohibit' as const,
    fwmark: 0x80,
  };
  node!.network.rules.push(marked);
  expect(explain([capture], ask).verdict).toBe('delivered');
  pod!.network.rules.push(marked);
  expect(explain([capture], ask)).toMatchObject({ verdict: 'dropped', where: 'pod' });
});
