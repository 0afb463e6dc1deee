import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FelixMode, VcnLabNode } from '../src/index.ts';
import { run } from './outside-world.ts';
import { call } from './service-calls.ts';
import { podPort } from './service-lab.ts';
import { lostSegments } from './service-stream.ts';
import { startTraffic, type Traffic } from './unbroken-traffic.ts';
import { startUnbrokenWorld, type UnbrokenWorld } from './unbroken-world.ts';

// A hundred flows take their share of the processors.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });
const patiently = { timeout: 30_000, interval: 100 };

const inserting: FelixMode = { chainInsertMode: 'Insert', mangleAllowAction: 'Accept' };
const appending: FelixMode = { chainInsertMode: 'Append', mangleAllowAction: 'Return' };

/** What the flows do not need. Beside the repair of it, everything is compared once a second. */
const spare = {
  nftables: ['nft', 'flush', 'chain', 'inet', 'vcn-cni', 'guard'],
  iptables: ['iptables', '-t', 'mangle', '-F', 'VCN-CNI-GUARD'],
};

describe.each([
  { filter: 'nftables', felix: inserting },
  // Nothing of ours holds in front of what is inserted and accepts.
  { filter: 'iptables', felix: appending },
] as const)('every flow at once, by $filter', ({ filter, felix }) => {
  let world: UnbrokenWorld;
  let nodes: VcnLabNode[];
  let traffic: Traffic;
  let dropped: number;
  let atFirst: Record<string, number>;
  let log = '';

  beforeAll(async () => {
    world = await startUnbrokenWorld({
      ...{ mode: filter, filter, felix },
      log: (text) => {
        log += text;
      },
    });
    nodes = [world.one, world.two];
    [dropped, traffic] = [await world.drops(), await startTraffic(world)];
    atFirst = await resent();
    await nothingToChange();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  /** By whom segments were sent again so far, and how many. */
  async function resent(): Promise<Record<string, number>> {
    const { pods, guarded, mesh, mapped, client, one, two, lab } = world;
    const meshed = Object.entries(mesh).map(([name, { pod }]) => [name, pod] as const);
    const ends = {
      ...{ ...pods, ...Object.fromEntries(meshed), guarded, client, one, two },
      ...(mapped && { mapped: mapped.pod }),
      internet: { namespace: lab.vcn.internet },
    };
    const counted = Object.entries(ends).map(
      async ([name, { namespace }]) => [name, await lostSegments(namespace)] as const,
    );
    return Object.fromEntries(await Promise.all(counted));
  }

  /** Once the daemons know what belongs on their hosts, it is there. */
  async function nothingToChange(): Promise<void> {
    const known = async () => {
      for (const node of nodes) expect(await node.ask('/v1/plan')).toHaveProperty('changes');
    };
    await vi.waitFor(known, patiently);
    for (const { code, stdout } of await Promise.all(nodes.map((node) => node.vcnctl('plan'))))
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'nothing to change\n' });
  }

  const eachDaemon = (work: (node: VcnLabNode, index: number) => Promise<unknown>) =>
    Promise.all(nodes.map(work));

  test('the daemons stop, and are started again', async () => {
    await eachDaemon((_, index) => world.daemons[index]!.stop());
    // Policy is in force without us.
    const { guarded, pods } = world;
    const calls = await call(pods.beta.namespace, guarded.address(), podPort, { protocol: 'udp' });
    expect(calls).toEqual(['silent']);
    await eachDaemon(async (node, index) => {
      world.daemons[index] = await node.startDaemon();
    });
    await nothingToChange();
  });

  test('the daemons are killed, and started again', async () => {
    await eachDaemon(async (node, index) => {
      await world.daemons[index]!.kill();
      world.daemons[index] = await node.startDaemon();
    });
    await nothingToChange();
  });

  test('other daemons take over from those that run', async () => {
    const waiting = () => log.split('waiting for another vcn-cnid').length - 1;
    const successors = nodes.map((node) => node.startDaemon());
    await vi.waitFor(() => expect(waiting()).toBe(2), patiently);
    await nothingToChange();
    await eachDaemon((_, index) => world.daemons[index]!.stop());
    world.daemons.splice(0, 2, ...(await Promise.all(successors)));
    await nothingToChange();
  });

  test('pods come and go', async () => {
    await eachDaemon(async (node) => {
      const pod = await node.pod('passing');
      await pod.add();
      await pod.check();
      await pod.del();
    });
    await nothingToChange();
  });

  test('everything is reconciled, and what is missing repaired', async () => {
    const repairs = () => log.split('reconcile repaired the host').length - 1;
    const before = repairs();
    const [program, ...args] = spare[filter] as [string, ...string[]];
    await eachDaemon(async ({ namespace }) => {
      await run(namespace, program, args);
      await run(namespace, 'ip', ['rule', 'delete', 'priority', '768']);
    });
    await vi.waitFor(() => expect(repairs()).toBeGreaterThanOrEqual(before + 2), patiently);
    await vi.waitFor(nothingToChange, patiently);
  });

  test('not one packet was lost, repeated, refused or sent again', async () => {
    // What was sent again in vain is known a moment later.
    const settled = () => vi.waitFor(async () => expect(await resent()).toEqual(atFirst), 2_000);
    await settled().catch(() => {});
    const segments = await resent();
    const { messages, wrong } = await traffic.end();
    expect({ wrong, segments }).toEqual({ wrong: [], segments: atFirst });
    expect(messages).toBeGreaterThan(traffic.flows * 200);
    expect(await world.drops()).toBe(dropped);
    console.log(
      `${traffic.flows} flows by ${filter}: ${messages} messages there and back, none lost`,
    );
  });
});
