import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTcp, serveTcp } from '../src/index.ts';
import {
  families,
  header,
  lostForSource,
  type OutsideWorld,
  run,
  startWorld,
} from './outside-world.ts';

const port = 8080;
/** A second address of the internet side for each family, which is not to be translated. */
const excluded = { inet: '203.0.113.77', inet6: 'fd00:113::77' } as const;

describe.each(['nftables', 'iptables'])('translation to the primary address, by %s', (filter) => {
  let world: OutsideWorld;

  beforeAll(async () => {
    const snat = { exclude: [`${excluded.inet}/32`, `${excluded.inet6}/128`] };
    const vcnCidrs = ['10.0.0.0/16', 'fd00:10::/56'];
    world = await startWorld({ config: { filter, snat, vcnCidrs } });
    const { internet } = world.lab.vcn;
    await run(internet, 'ip', ['address', 'add', `${excluded.inet}/24`, 'dev', 'eth0']);
    await run(internet, 'ip', ['address', 'add', `${excluded.inet6}/64`, 'dev', 'eth0', 'nodad']);
    const servers = [world.beta.namespace, world.gamma.namespace, world.two.namespace, internet];
    await Promise.all(servers.map((server) => serveTcp(server, port)));
  });
  afterAll(() => world[Symbol.asyncDispose]());

  /** Connects, and counts what the VCN saw of it from the pod's own address and from its node's. */
  async function sources(family: 'inet' | 'inet6', to: string): Promise<('pod' | 'node')[]> {
    const { alpha, one, lab } = world;
    const ip = header[family];
    const way = (from: string) => `${ip} saddr ${from} ${ip} daddr ${to} tcp dport ${port}`;
    await using own = await lab.vcn.fabric.count(way(alpha.address(family)));
    await using node = await lab.vcn.fabric.count(way(one.primary.address[family]!));
    expect(await connectTcp(alpha.namespace, to, port)).toBeDefined();
    return [
      ...((await own.packets()) > 0 ? (['pod'] as const) : []),
      ...((await node.packets()) > 0 ? (['node'] as const) : []),
    ];
  }

  describe.each(families)('%s', (family) => {
    test('what leaves the VCN goes under the address of the node', async () => {
      expect(await sources(family, world.lab.vcn.internetAddress[family])).toEqual(['node']);
    });

    test('what is excluded, and what stays in the VCN, under that of the pod', async () => {
      const { alpha, beta, gamma, two } = world;
      for (const to of [excluded[family], gamma.address(family), two.primary.address[family]!])
        expect(await sources(family, to), to).toEqual(['pod']);
      const near = await connectTcp(alpha.namespace, beta.address(family), port);
      expect(near).toBe(alpha.address(family));
    });
  });

  test('none of it was lost for its source', async () => {
    expect(await lostForSource(world.lab)).toEqual([]);
  });
});
