import { describe, expect, it } from 'vitest';
import { type Explanation, explain, type HostCapture, type Packet } from '../src/index.ts';
import { cluster, pods, type ServiceMode } from './explain-cluster.ts';

const modes: ServiceMode[] = ['iptables', 'nftables'];
const tcp = (from: Packet['from'], destination: string, destinationPort: number): Packet => ({
  from,
  destination,
  protocol: 'tcp',
  destinationPort,
});
const outside = (destinationPort: number, destination = '10.88.0.11'): Packet => ({
  ...tcp({ namespace: 'kn1', link: 'ens3' }, destination, destinationPort),
  source: '203.0.113.50',
});

const ways = (hosts: HostCapture[], packet: Packet): Explanation[] => {
  const first = explain(hosts, packet);
  return [first, ...(first.others ?? [])];
};
const ends = (all: Explanation[]) => all.map(({ where }) => where).sort();
const left = (way: Explanation | undefined) =>
  way?.steps.filter(({ text }) => text.startsWith('leaves by')).map(({ link }) => link);

describe.each(modes)('services by the recorded rules of kube-proxy in %s mode', (mode) => {
  const hosts = cluster(mode);
  const client = { namespace: 'client' };

  it('a ClusterIP leads to each endpoint, here and on the other node, and back', () => {
    const all = ways(hosts, tcp(client, '10.88.96.50', 80));
    expect(ends(all)).toEqual(['echo1', 'echo2', 'echo3']);
    for (const way of all) {
      expect(way).toMatchObject({ verdict: 'delivered', back: { verdict: 'delivered' } });
      expect(way.packet).toMatchObject({ source: pods.kn1.client, destinationPort: 8080 });
      expect(way.back?.packet).toMatchObject({ source: '10.88.96.50', sourcePort: 80 });
    }
    // The pods' own VNIC both ways; nothing leaves for the endpoint on this node.
    const remote = all.find(({ where }) => where === 'echo2');
    expect([left(remote), left(remote?.back)]).toEqual([['ens5'], ['ens5']]);
    expect(left(all.find(({ where }) => where === 'echo1'))).toEqual([]);
  });

  it('takes the way it is told', () => {
    const script = mode === 'iptables' ? [1, 0] : [1];
    const way = explain(hosts, tcp(client, '10.88.96.50', 80), { choices: script });
    expect(way.where).toBe('echo2');
    expect(way.others).toBeUndefined();
    expect(way.steps.filter(({ kind }) => kind === 'choice')).not.toEqual([]);
  });

  it('a UDP service', () => {
    const all = ways(hosts, { ...tcp(client, '10.88.96.50', 90), protocol: 'udp' });
    expect(ends(all)).toEqual(['echo1', 'echo2', 'echo3']);
    expect(all.every(({ back }) => back?.verdict === 'delivered')).toBe(true);
  });

  it('a pod that reaches itself by its service is masqueraded, or the answer would not come back', () => {
    const all = ways(hosts, tcp({ namespace: 'echo1' }, '10.88.96.50', 80));
    const hairpin = all.find(({ where }) => where === 'echo1');
    expect(hairpin?.packet.source).not.toBe(pods.kn1.echo1);
    expect(hairpin?.back?.verdict).toBe('delivered');
  });

  it('the node reaches a service', () => {
    const all = ways(hosts, tcp({ namespace: 'kn1' }, '10.88.96.50', 80));
    expect(ends(all)).toEqual(['echo1', 'echo2', 'echo3']);
    for (const { back } of all) expect(back?.verdict).toBe('delivered');
  });

  it('NodePort, policy Cluster: masqueraded, in and out by the primary', () => {
    const all = ways(hosts, outside(30081));
    expect(ends(all)).toEqual(['echo1', 'echo2', 'echo3']);
    for (const { packet, back } of all) {
      expect(packet.source).not.toBe('203.0.113.50');
      expect(back).toMatchObject({
        verdict: 'delivered',
        where: 'VCN',
        packet: { source: '10.88.0.11' },
      });
      expect(left(back)?.at(-1)).toBe('ens3');
    }
  });

  it('NodePort, policy Local: the client address is kept, and the answer leaves by the primary', () => {
    const all = ways(hosts, outside(30082));
    expect(ends(all)).toEqual(['echo1']);
    expect(all[0]?.packet.source).toBe('203.0.113.50');
    expect(all[0]?.back).toMatchObject({ verdict: 'delivered', packet: { source: '10.88.0.11' } });
    expect(left(all[0]?.back)).toEqual(['ens3']);
  });

  it('without the rule for marked packets the answer dies in the VCN, and the reason is told', () => {
    const broken = structuredClone(hosts);
    const { network } = broken[0]!.namespaces[0]!;
    network.rules = network.rules.filter(({ priority }) => priority !== 1024);
    expect(explain(broken, outside(30082)).back).toMatchObject({
      verdict: 'dropped',
      where: 'VCN',
      why: 'source 10.88.0.11 is not of the VNIC ens5, by which it left kn1: it is of ens3 of kn1',
    });
  });

  it('a service without endpoints refuses', () => {
    const way = explain(hosts, tcp(client, '10.88.96.57', 80));
    expect(way.verdict).toBe('dropped');
    expect(way.why).toMatch(/reject/i);
  });

  it('a load balancer address admits its source ranges only', () => {
    const way = explain(hosts, outside(80, '198.51.100.7'));
    expect(way.verdict).toBe('dropped');
    expect(way.why).toMatch(/firewall-|KUBE-PROXY-FIREWALL/);
    const allowed = explain(hosts, { ...outside(80, '198.51.100.7'), source: '10.9.9.9' });
    expect(allowed).toMatchObject({ verdict: 'delivered', where: 'echo1' });
  });

  it('affinity leads whom it remembers to the same endpoint', () => {
    const packet = tcp(client, '10.88.96.51', 80);
    expect(new Set(ends(ways(hosts, packet)))).toEqual(new Set(['echo1', 'echo2', 'echo3']));
    const sticky = structuredClone(hosts);
    const kn1 = sticky[0]!.namespaces[0]!;
    if (mode === 'iptables') kn1.recent = { 'KUBE-SEP-NBBF52ZQZCIYHTG4': [pods.kn1.client] };
    const set = kn1.nftables?.tables[0]?.sets.find(({ name }) =>
      /echo-sticky.*10.88.66.4/.test(name),
    );
    set?.elements.push({ elem: { val: pods.kn1.client, timeout: 10800 } });
    expect(ends(ways(sticky, packet))).toEqual(['echo2']);
  });

  it('a service with internal policy Local stays on the node', () => {
    expect(ends(ways(hosts, tcp(client, '10.88.96.56', 80)))).toEqual(['echo1']);
  });
});

it('127.0.0.1 and a NodePort work in iptables mode alone', () => {
  const packet = { ...tcp({ namespace: 'kn1' }, '127.0.0.1', 30081), source: '127.0.0.1' };
  expect(ends(ways(cluster('iptables'), packet))).toContain('echo1');
  const listeners = [{ protocol: 'tcp' as const, address: '0.0.0.0', port: 22 }];
  const [first, ...others] = cluster('nftables');
  first!.namespaces[0]!.listeners = listeners;
  expect(explain([first!, ...others], packet)).toMatchObject({
    verdict: 'dropped',
    why: 'nobody in kn1 listens on tcp 127.0.0.1 port 30081',
  });
});
