import { parseSave } from '@vcn-cni/iptables';
import { parseRuleset } from '@vcn-cni/nftables';
import { describe, expect, it } from 'vitest';
import { ask, direct, filtered, host } from '../../test/explain-pod.ts';
import type { HostCapture } from './capture.ts';
import { explain } from './explain.ts';
import type { Packet } from './packet.ts';

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
  node!.network.rules.unshift(marked);
  const out = { ...ask, destination: '203.0.113.50' };
  expect(explain([capture], out).verdict).toBe('delivered');
  pod!.network.rules.unshift(marked);
  expect(explain([capture], out)).toMatchObject({ verdict: 'dropped', where: 'pod' });
});

it('a node that does not forward keeps what is not its own', () => {
  const capture = host();
  const { network } = capture.namespaces[1]!;
  network.sysctls = network.sysctls.map(({ name, value }) =>
    name.endsWith('oci1/forwarding') ? { name, value: '0' } : { name, value },
  );
  expect(explain([capture], { ...ask, destination: '203.0.113.50' })).toMatchObject({
    verdict: 'dropped',
    why: '203.0.113.50 is not an address of node, and forwarding is off for oci1',
  });
  expect(explain([capture], ask).verdict).toBe('delivered');
});

it('the source is the one of the route', () => {
  const capture = host();
  capture.namespaces[0]!.network.routes[1]!.source = '10.0.1.4';
  expect(explain([capture], ask).packet.source).toBe('10.0.1.4');
});

it('an answer whose question went another way is invalid to conntrack, unless it is udp', () => {
  const capture = host();
  const text =
    '*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD -m conntrack --ctstate INVALID -j DROP\nCOMMIT\n';
  capture.namespaces[1]!.iptables.inet = parseSave(text, { counters: false });
  // Nothing of this node tracks what a fabric of its own brings to the pod.
  const { network } = capture.namespaces[0]!;
  const aside = { namespace: 'pod', link: 'eth0' };
  const packet = { ...ask, from: aside, source: '203.0.113.50', destination: '10.0.1.3' };
  expect(network.addresses).toHaveLength(1);
  expect(explain([capture], packet).back?.why).toContain('--ctstate INVALID -j DROP');
  expect(explain([capture], { ...packet, protocol: 'udp' }).back?.verdict).toBe('delivered');
});

it('stops at the limit of ways, and says so', () => {
  const lot = '-A INPUT -m statistic --mode random --probability 0.5 -j ACCEPT';
  const capture = filtered([lot, lot].join('\n'));
  const all = explain([capture], ask);
  expect([all.others?.length, all.more]).toEqual([2, undefined]);
  const some = explain([capture], ask, { limit: 2 });
  expect([some.others?.length, some.more]).toEqual([1, true]);
});

it('a table that iptables-nft made counts once, a namesake of nftables too', () => {
  const capture = filtered('-A INPUT -p tcp -j ACCEPT');
  const table = (chain: string) => {
    const at = { family: 'ip', table: 'filter' };
    const base = { type: 'filter', hook: 'input', prio: 0, policy: 'accept' };
    return parseRuleset(
      JSON.stringify({
        nftables: [
          { table: { family: 'ip', name: 'filter' } },
          { chain: { ...at, name: chain, ...base } },
          { rule: { ...at, chain, expr: [{ xt: { type: 'target', name: 'DROP' } }] } },
        ],
      }),
    );
  };
  capture.namespaces[1]!.nftables = table('INPUT');
  expect(explain([capture], ask).verdict).toBe('delivered');
  capture.namespaces[1]!.nftables = table('input');
  expect(explain([capture], ask).verdict).toBe('uncertain');
});
