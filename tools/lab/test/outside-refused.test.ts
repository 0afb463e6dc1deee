import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTcp, ping, serveTcp } from '../src/index.ts';
import {
  countArriving,
  families,
  header,
  lostForSource,
  type OutsideWorld,
  run,
  startWorld,
} from './outside-world.ts';

const foreign = { inet: '203.0.113.99', inet6: 'fd00:113::99' } as const;
const echo = { inet: 'icmp type echo-request', inet6: 'icmpv6 type echo-request' } as const;
const option = { inet: '-4', inet6: '-6' } as const;
const hostLength = { inet: 32, inet6: 128 } as const;

describe.each(['nftables', 'iptables'])('what must not pass, by %s', (filter) => {
  let world: OutsideWorld;

  beforeAll(async () => {
    world = await startWorld({ config: { filter } });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const open = async (from: SandboxNamespace, to: string, port: number) => {
    const script = `exec 3<>/dev/tcp/${to}/${port}`;
    return (await from.exec('timeout', ['1', 'bash', '-c', script])).code === 0;
  };

  test.each(families)('sources that are not the pod’s own, %s', async (family) => {
    const { alpha, beta, gamma, one, two, lab } = world;
    const { vnics } = await one.vnics();
    // The VCN itself would take the first two: their VNIC holds them.
    const spoofed = [
      await neighbourOf(family),
      vnics[0]!.addresses.find((address) => address.includes(':') === (family === 'inet6'))!,
      two.primary.address[family]!,
      foreign[family],
    ];
    const sources = [alpha.address(family), ...spoofed];
    const matches = sources.map((source) => `${header[family]} saddr ${source} ${echo[family]}`);
    const counts = await Promise.all([
      countArriving(beta.namespace, matches),
      countArriving(lab.vcn.fabric.namespace, matches),
      countArriving(one.namespace, matches, 'input'),
    ]);
    for (const source of spoofed) {
      const address = ['address', 'add', `${source}/${hostLength[family]}`, 'dev', 'eth0'];
      const nodad = family === 'inet6' ? ['nodad'] : [];
      await run(alpha.namespace, 'ip', [option[family], ...address, ...nodad]);
    }
    const targets = [beta.address(family), gamma.address(family), one.primary.address[family]!];
    const pings = sources.flatMap((source) =>
      targets.map((to) => ping(alpha.namespace, to, { count: 1, source })),
    );
    await Promise.all(pings);
    for (const count of counts) expect(await count()).toEqual([1, 0, 0, 0, 0]);
    for (const source of spoofed) {
      const address = ['address', 'del', `${source}/${hostLength[family]}`, 'dev', 'eth0'];
      await run(alpha.namespace, 'ip', [option[family], ...address]);
    }
  });

  /** The address of one more pod beside alpha. */
  async function neighbourOf(family: 'inet' | 'inet6'): Promise<string> {
    const pod = await world.one.pod(`neighbour-${family}`);
    await pod.add();
    return pod.address(family);
  }

  test('the metadata service, boot volumes and their networks, also through a DNAT', async () => {
    const { alpha, one, lab } = world;
    const { inet, inet6 } = { inet: '169.254.169.254', inet6: 'fd00:c1::a9fe:a9fe' };
    await run(one.namespace, 'iptables', [
      ...['-t', 'nat', '-A', 'PREROUTING', '-d', '10.96.0.9', '-p', 'tcp', '--dport', '8080'],
      ...['-j', 'DNAT', '--to-destination', `${inet}:80`],
    ]);
    const count = await countArriving(lab.vcn.fabric.namespace, [
      `ip saddr ${alpha.address()} ip daddr 169.254.0.0/16`,
      `ip6 saddr ${alpha.address('inet6')} ip6 daddr fd00:c1::/64`,
    ]);
    const closed: [string, number][] = [
      [inet, 80],
      ['10.96.0.9', 8080],
      ['169.254.0.2', 3260],
      ['169.254.7.7', 53],
      [inet6, 80],
      ['fd00:c1::1', 53],
    ];
    const pod = alpha.namespace;
    expect(await Promise.all(closed.map(([to, port]) => open(pod, to, port)))).not.toContain(true);
    expect(await count()).toEqual([0, 0]);
    // The same way is open for what may pass.
    expect(await Promise.all([open(pod, inet, 53), open(pod, inet6, 53)])).toEqual([true, true]);
    expect((await count()).every((packets) => packets > 0)).toBe(true);
  });

  test('the loopback of the node, where its veth routes to it', async () => {
    const { alpha, one } = world;
    const port = 7070;
    using _server = await serveTcp(one.namespace, port);
    // Felix sets it on host ends; a pod can do so on its own.
    for (const [namespace, link] of [
      [one.namespace, alpha.hostLink()],
      [alpha.namespace, 'eth0'],
    ] as const)
      await run(namespace, 'sh', ['-c', `echo 1 >/proc/sys/net/ipv4/conf/${link}/route_localnet`]);
    const match = [`ip saddr ${alpha.address()} ip daddr 127.0.0.1 tcp dport ${port}`];
    const sent = await countArriving(one.namespace, match);
    const taken = await countArriving(one.namespace, match, 'input');
    await run(alpha.namespace, 'ip', ['address', 'del', '127.0.0.1/8', 'dev', 'lo']);
    await run(alpha.namespace, 'ip', ['route', 'add', '127.0.0.1', 'via', '169.254.1.1']);
    expect(await open(alpha.namespace, '127.0.0.1', port)).toBe(false);
    expect((await sent())[0]).toBeGreaterThan(0);
    expect(await taken()).toEqual([0]);
    const own = one.primary.address.inet!;
    expect(await connectTcp(alpha.namespace, own, port)).toBe(alpha.address());
  });

  test.each(families)(
    'an address that no pod holds: one ping is one packet, %s',
    async (family) => {
      const { beta, gamma, one, two, lab } = world;
      const released = await one.pod(`released-${family}`);
      await released.add();
      const address = released.address(family);
      await released.del();
      await using seen = await lab.vcn.fabric.count(
        `${header[family]} daddr ${address} ${echo[family]}`,
      );
      const from = (namespace: SandboxNamespace) => ping(namespace, address, { count: 1 });
      expect(await from(gamma.namespace)).toEqual({ outcome: 'unreached' });
      expect(await seen.packets()).toBe(1);
      expect(await from(two.namespace)).toEqual({ outcome: 'unreached' });
      expect(await seen.packets()).toBe(2);
      // Neither a pod of the node nor the node itself gets so far.
      for (const { namespace } of [beta, one])
        expect(await from(namespace)).toEqual({ outcome: 'unreached' });
      expect(await seen.packets()).toBe(2);
    },
  );

  test.each(families)('what the VCN delivers for nobody is not sent on, %s', async (family) => {
    const { alpha, gamma, lab } = world;
    const { namespace } = lab.vcn.fabric;
    const stray = { inet: '10.0.77.77', inet6: 'fd00:10:0:1:77::77' }[family];
    // By the way of a pod's address: as if somebody had given the VNIC one that the daemon knows nothing of.
    const known = await run(namespace, 'ip', ['route', 'get', alpha.address(family)]);
    const [, gateway, link] = /via (\S+) dev (\S+)/.exec(known)!;
    const route = [`${stray}/${hostLength[family]}`, 'via', gateway!, 'dev', link!, 'onlink'];
    await run(namespace, 'ip', [option[family], 'route', 'add', ...route]);
    await using seen = await lab.vcn.fabric.count(`${header[family]} daddr ${stray}`);
    expect(await ping(gamma.namespace, stray, { count: 1 })).toEqual({ outcome: 'unreached' });
    expect(await seen.packets()).toBe(1);
  });

  test('and the VCN had nothing to drop', async () => {
    expect(await lostForSource(world.lab)).toEqual([]);
  });
});
