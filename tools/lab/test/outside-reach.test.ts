import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTcp, ping, serveTcp } from '../src/index.ts';
import { askResolver } from './ask-resolver.ts';
import {
  bootHost,
  families,
  header,
  lostForSource,
  type OutsideWorld,
  run,
  startWorld,
} from './outside-world.ts';
import { serveBulk, takeBulk } from './tcp-bulk.ts';

const port = 8080;
const subnets = {
  nodes: { cidrBlocks: ['10.0.0.0/24'], ipv6CidrBlocks: ['fd00:10::/64'] },
  pods: { cidrBlocks: ['10.0.64.0/22', '10.0.128.0/20'], ipv6CidrBlocks: ['fd00:10:0:1::/64'] },
  databases: { cidrBlocks: ['10.0.200.0/24'], ipv6CidrBlocks: ['fd00:10:0:2::/64'] },
};

describe.each(['nftables', 'iptables'])('the world outside of a node, by %s', (filter) => {
  let world: OutsideWorld;
  let database: Awaited<ReturnType<typeof bootHost>>;

  beforeAll(async () => {
    world = await startWorld({ subnets, config: { filter } });
    const { lab, alpha } = world;
    database = await bootHost(lab, 'databases');
    const servers = [database.namespace, lab.vcn.internet, alpha.namespace];
    await Promise.all(servers.map((server) => serveTcp(server, port)));
  });
  afterAll(() => world[Symbol.asyncDispose]());

  describe.each(families)('%s', (family) => {
    test('another subnet sees the pod, and the pod sees it', async () => {
      const { alpha } = world;
      const [own, other] = [alpha.address(family), database.address[family]];
      expect(await connectTcp(alpha.namespace, other, port)).toBe(own);
      expect(await connectTcp(database.namespace, own, port)).toBe(other);
    });

    test('to the internet the pod goes under its own address as far as the VCN goes', async () => {
      const { alpha, one, lab } = world;
      const { internetAddress, fabric, facts } = lab.vcn;
      const to = internetAddress[family];
      const ip = header[family];
      await using own = await fabric.count(
        `${ip} saddr ${alpha.address(family)} ${ip} daddr ${to}`,
      );
      const node = `${ip} saddr ${one.primary.address[family]} ${ip} daddr ${to}`;
      await using translated = await fabric.count(node);
      const seen = family === 'inet' ? facts.natGateway?.publicIp : alpha.address(family);
      expect(await connectTcp(alpha.namespace, to, port)).toBe(seen);
      expect(await own.packets()).toBeGreaterThan(3);
      expect(await translated.packets()).toBe(0);
    });

    test('the resolver answers over UDP and TCP', async () => {
      const { alpha, two } = world;
      const server = { inet: '169.254.169.254', inet6: 'fd00:c1::a9fe:a9fe' }[family];
      for (const protocol of ['udp', 'tcp'] as const) {
        const answer = await askResolver(
          alpha.namespace,
          server,
          protocol,
          'node2.vcn.oraclevcn.com',
        );
        expect(answer, protocol).toBe(two.primary.address.inet);
      }
    });

    test('packets of 9000 bytes go whole to another node', async () => {
      const { alpha, gamma, lab } = world;
      const [from, to] = [alpha.address(family), gamma.address(family)];
      const size = 9000 - { inet: 28, inet6: 48 }[family];
      const way = `${header[family]} saddr ${from} ${header[family]} daddr ${to}`;
      await using whole = await lab.vcn.fabric.count(
        `${way} ${family === 'inet' ? 'ip length 9000' : 'ip6 length 8960'}`,
      );
      await using pieces = await lab.vcn.fabric.count(
        family === 'inet' ? 'ip frag-off & 0x3fff != 0' : 'exthdr frag exists',
      );
      expect(await ping(alpha.namespace, to, { size })).toMatchObject({ outcome: 'reached' });
      expect(await ping(alpha.namespace, to, { size: size + 1 })).toEqual({ outcome: 'unreached' });
      expect(await whole.packets()).toBe(3);
      // A connection uses it too: by its segments, for what the kernel carries may hold many of them.
      const segment = 9000 - { inet: 40, inet6: 60 }[family];
      await using opened = await lab.vcn.fabric.count(`${way} tcp option maxseg size ${segment}`);
      using _bulk = await serveBulk(alpha.namespace, port + 1);
      expect(await takeBulk(gamma.namespace, from, port + 1)).toBe(300_000);
      expect(await opened.packets()).toBe(1);
      expect(await pieces.packets()).toBe(0);
    });

    test('a pod learns of a way that is narrower', async () => {
      const { alpha, lab } = world;
      const to = lab.vcn.internetAddress[family];
      const known = async () => run(alpha.namespace, 'ip', ['route', 'get', to]);
      expect(await known()).not.toContain('mtu 1500');
      expect(await ping(alpha.namespace, to, { size: 4000 })).toEqual({ outcome: 'unreached' });
      expect(await known()).toContain('mtu 1500');
    });

    test('a closed port is told at once', async () => {
      const { alpha, gamma, lab } = world;
      for (const to of [gamma.address(family), lab.vcn.internetAddress[family]]) {
        const script = `exec 3<>/dev/udp/${to}/9 && echo >&3 && sleep 0.2 && echo >&3`;
        const { stderr } = await alpha.namespace.exec('bash', ['-c', script]);
        expect(stderr, to).toContain('Connection refused');
      }
    });
  });

  test('the clock is asked', async () => {
    const { alpha, lab } = world;
    const way = `ip saddr ${alpha.address()} ip daddr 169.254.169.254 udp dport 123`;
    await using seen = await lab.vcn.fabric.count(way);
    await run(alpha.namespace, 'bash', ['-c', 'echo >/dev/udp/169.254.169.254/123']);
    expect(await seen.packets()).toBe(1);
  });

  test('a narrow way is told to a pod whose client came in by the primary', async () => {
    const { beta, one, lab } = world;
    const publicAddress = '192.0.2.78';
    await lab.vcn.fabric.expose(one.primary.id, publicAddress);
    await run(one.namespace, 'iptables', [
      ...['-t', 'nat', '-A', 'PREROUTING', '-i', 'ens3', '-p', 'tcp', '--dport', '30090'],
      ...['-j', 'DNAT', '--to-destination', `${beta.address()}:${port}`],
    ]);
    using _server = await serveBulk(beta.namespace, port);
    // A client that takes what the way to it does not carry.
    await widen(lab.vcn.internet);
    expect(await takeBulk(lab.vcn.internet, publicAddress, 30090)).toBe(300_000);
    const to = lab.vcn.internetAddress.inet;
    expect(await run(beta.namespace, 'ip', ['route', 'get', to])).toContain('mtu 1500');
  });

  const widen = (host: SandboxNamespace) => run(host, 'ip', ['link', 'set', 'eth0', 'mtu', '9000']);

  test('none of it was lost for its source', async () => {
    expect(await lostForSource(world.lab)).toEqual([]);
  });
});
