import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectTcp, type FelixMode, ping, serveTcp } from '../src/index.ts';
import {
  createPolicyCluster,
  type PodName,
  type PolicyCluster,
  policies,
  ports,
} from './policy-cluster.ts';

const publicAddress = '192.0.2.77';
const nodePort = 30080;

/** Calico's policy and our datapath on the same nodes, in both orders of start. */
export function describePolicy(filter: 'nftables' | 'iptables', mode: FelixMode): void {
  let cluster: PolicyCluster;

  beforeAll(async () => {
    cluster = await createPolicyCluster({ filter }, mode);
    const { nodes, felix, pods } = cluster;
    // Both orders of start: ours first on one node, theirs on the other. No pod has an address yet.
    await nodes[0].startDaemon();
    await cluster.refresh();
    await nodes[1].startDaemon();
    expect(felix).toHaveLength(2);
    await Promise.all(nodes.map((node) => node.stocked()));
    await Promise.all(Object.values(pods).map((pod) => pod.add()));
    const servers = [pods.web, pods.stranger, pods.database, nodes[0]];
    await Promise.all([
      ...servers.map(({ namespace }) => serveTcp(namespace, ports.service)),
      ...[pods.web, pods.database].map(({ namespace }) => serveTcp(namespace, ports.other)),
    ]);
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  /** Who gets through to whom, in both families: each must see the address of the pod that calls. */
  async function through(flows: [PodName, PodName, port?: number][]): Promise<boolean[]> {
    const { pods } = cluster;
    const results = flows.map(async ([from, to, port = ports.service]) => {
      const seen = await Promise.all(
        (['inet', 'inet6'] as const).map(async (family) => {
          const address = await connectTcp(pods[from].namespace, pods[to].address(family), port);
          return address === pods[from].address(family);
        }),
      );
      expect(new Set(seen).size, `${from} to ${to}, one family only: ${seen}`).toBe(1);
      return seen[0]!;
    });
    return Promise.all(results);
  }

  test('rules that name a pod hold from its first packet', async () => {
    expect(
      await through([
        ['client', 'web'],
        ['far-client', 'web'],
        ['web', 'database'],
        ['web', 'stranger'],
        ['client', 'stranger'],
      ]),
    ).toEqual([false, false, false, false, true]);
  });

  test('labels let through what they should, on one node and across', async () => {
    await cluster.refresh();
    expect(
      await through([
        ['client', 'web'],
        ['far-client', 'web'],
        ['web', 'database'],
        ['far-stranger', 'stranger'],
      ]),
    ).toEqual([true, true, true, true]);
  });

  test('and nothing else: other pods, other ports, other ways', async () => {
    const { pods } = cluster;
    const pings = (['inet', 'inet6'] as const).map((family) =>
      ping(pods.client.namespace, pods.web.address(family), { count: 1 }),
    );
    expect(
      await through([
        ['stranger', 'web'],
        ['far-stranger', 'web'],
        ['client', 'web', ports.other],
        ['web', 'stranger'],
        ['web', 'database', ports.other],
        ['far-client', 'database'],
      ]),
    ).toEqual([false, false, false, false, false, false]);
    expect(await Promise.all(pings)).toEqual([{ outcome: 'unreached' }, { outcome: 'unreached' }]);
  });

  test('the node probes its pods, and pods reach their node', async () => {
    const { nodes, pods } = cluster;
    for (const family of ['inet', 'inet6'] as const) {
      const own = nodes[0].primary.address[family]!;
      expect(await connectTcp(nodes[0].namespace, pods.web.address(family), ports.service)).toBe(
        own,
      );
      const seen = await connectTcp(pods.stranger.namespace, own, ports.service);
      expect(seen).toBe(pods.stranger.address(family));
    }
  });

  test('a reply of what came in by the primary leaves by it', async () => {
    const { lab, nodes, pods } = cluster;
    await lab.vcn.fabric.expose(nodes[0].primary.id, publicAddress);
    const to = `${pods.stranger.address()}:${ports.service}`;
    const { code } = await nodes[0].namespace.exec('iptables', [
      ...['-t', 'nat', '-A', 'PREROUTING', '-i', 'ens3', '-p', 'tcp', '--dport', `${nodePort}`],
      ...['-j', 'DNAT', '--to-destination', to],
    ]);
    expect(code).toBe(0);
    const seen = await connectTcp(lab.vcn.internet, publicAddress, nodePort);
    expect(seen).toBe(lab.vcn.internetAddress.inet);
  });

  test('the metadata service stays closed and its resolver open', async () => {
    const { pods } = cluster;
    const reached = await Promise.all(
      [80, 53].map((port) =>
        pods.stranger.namespace.exec('timeout', [
          ...['1', 'bash', '-c', `exec 3<>/dev/tcp/169.254.169.254/${port}`],
        ]),
      ),
    );
    expect(reached.map(({ code }) => code === 0)).toEqual([false, true]);
  });

  test('a policy that is taken back is open at once', async () => {
    await cluster.refresh(policies.filter(({ name }) => name !== 'web'));
    expect(
      await through([
        ['stranger', 'web'],
        ['far-stranger', 'web', ports.other],
        ['web', 'stranger'],
      ]),
    ).toEqual([true, true, true]);
  });
}
