import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connectTcp,
  createVcnLab,
  type LabPod,
  misroute,
  ping,
  serveTcp,
  type VcnLab,
  type VcnLabNode,
} from '../src/index.ts';

const families = ['inet', 'inet6'] as const;
const header = { inet: 'ip', inet6: 'ip6' } as const;
const port = 8080;

// The check hides mistakes where it is off: each flow is seen with and without it.
describe.each([false, true])('skipSourceDestCheck %s on the VNICs of pods', (skip) => {
  let lab: VcnLab;
  let one: VcnLabNode;
  let two: VcnLabNode;
  let alpha: LabPod;
  let beta: LabPod;
  let gamma: LabPod;

  beforeAll(async () => {
    lab = await createVcnLab({ config: { oci: { skipSourceDestCheck: skip } } });
    [one, two] = lab.nodes as [VcnLabNode, VcnLabNode];
    await Promise.all(lab.nodes.map((node) => node.startDaemon()));
    await Promise.all(lab.nodes.map((node) => node.stocked()));
    [alpha, beta, gamma] = await Promise.all([one.pod('alpha'), one.pod('beta'), two.pod('gamma')]);
    for (const pod of [alpha, beta, gamma]) await pod.add();
    const servers = [
      beta.namespace,
      gamma.namespace,
      one.namespace,
      two.namespace,
      lab.vcn.internet,
    ];
    await Promise.all(servers.map((server) => serveTcp(server, port)));
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  /** What the VNICs of a node lost for their sources. */
  async function drops(node: VcnLabNode): Promise<number> {
    const vnics = lab.vcn.cloud.facts().vnics.filter((vnic) => vnic.instanceId === node.instanceId);
    const counts = await Promise.all(vnics.map(({ id }) => lab.vcn.fabric.drops(id)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  describe.each(families)('%s', (family) => {
    test('pods of two nodes see each other under their own addresses', async () => {
      const [from, to] = [alpha.address(family), gamma.address(family)];
      await using seen = await lab.vcn.fabric.count(`${header[family]} daddr ${to}`);
      expect(await ping(alpha.namespace, to)).toMatchObject({ outcome: 'reached' });
      expect(await ping(gamma.namespace, from)).toMatchObject({ outcome: 'reached' });
      expect(await connectTcp(alpha.namespace, to, port)).toBe(from);
      expect(await seen.packets()).toBeGreaterThan(3);
    });

    test('pods of one node do so without the VCN', async () => {
      const [from, to] = [alpha.address(family), beta.address(family)];
      await using seen = await lab.vcn.fabric.count(
        `${header[family]} daddr { ${from}, ${to} } ${header[family]} saddr { ${from}, ${to} }`,
      );
      expect(await ping(alpha.namespace, to)).toMatchObject({ outcome: 'reached' });
      expect(await connectTcp(alpha.namespace, to, port)).toBe(from);
      expect(await seen.packets()).toBe(0);
    });

    test('nodes reach the pods of their own and of another node, and pods the nodes', async () => {
      for (const node of [one, two]) {
        const address = node.primary.address[family]!;
        expect(await connectTcp(node.namespace, beta.address(family), port)).toBe(address);
        expect(await connectTcp(node.namespace, gamma.address(family), port)).toBe(address);
        expect(await connectTcp(alpha.namespace, address, port)).toBe(alpha.address(family));
      }
    });

    test('the internet sees the NAT gateway, or the pod where nothing is translated', async () => {
      const { internetAddress, facts } = lab.vcn;
      const source = family === 'inet' ? facts.natGateway?.publicIp : alpha.address(family);
      expect(await connectTcp(alpha.namespace, internetAddress[family], port)).toBe(source);
    });

    test('none of it was lost for its source', async () => {
      expect(await drops(one)).toBe(0);
      expect(await drops(two)).toBe(0);
    });
  });

  test.each(families)(
    'an address of a pod that leaves by the primary is dropped, %s',
    async (family) => {
      const way = {
        from: alpha.address(family),
        to: gamma.address(family),
        table: 'main' as const,
      };
      const before = await lab.vcn.fabric.drops(one.primary.id);
      const outcome = await misroute(one.namespace, way, () => ping(alpha.namespace, way.to));
      expect(outcome).toEqual({ outcome: 'unreached' });
      expect((await lab.vcn.fabric.drops(one.primary.id)) - before).toBe(3);
      expect(await ping(alpha.namespace, way.to)).toMatchObject({ outcome: 'reached' });
    },
  );

  test.each(families)(
    "the node's address by the VNIC of pods: only its check drops it, %s",
    async (family) => {
      const [vnic] = (await one.vnics()).vnics;
      const [from, to] = [one.primary.address[family]!, two.primary.address[family]!];
      const before = await lab.vcn.fabric.drops(vnic!.id!);
      const { outcome } = await misroute(one.namespace, { from, to, table: vnic!.table! }, () =>
        ping(one.namespace, to, { source: from }),
      );
      expect(outcome).toBe(skip ? 'reached' : 'unreached');
      expect((await lab.vcn.fabric.drops(vnic!.id!)) - before).toBe(skip ? 0 : 3);
    },
  );

  test('DEL leaves nothing on either node', async () => {
    for (const pod of [alpha, beta, gamma]) {
      await pod.check();
      await pod.del();
    }
    for (const node of lab.nodes) expect(await node.residue()).toEqual([]);
  });
});
