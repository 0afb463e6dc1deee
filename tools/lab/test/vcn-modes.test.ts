import { BlockList } from 'node:net';
import { expect, test } from 'vitest';
import {
  connectTcp,
  createVcnLab,
  type LabPod,
  misroute,
  ping,
  serveTcp,
  type VcnLabNode,
  type VnicReport,
} from '../src/index.ts';

const port = 8080;
/** An IPv6 block is as large as an IPv4 block. */
const sizes = { blockLength: 28, blockLength6: 124 };

/** Ways in which pods get addresses, and how many VNICs it takes. */
const modes: [string, { oci: object; pool: object }, number][] = [
  ['addresses by one call', { oci: { assign: ['bulk'] }, pool: { min: 3, warm: 2 } }, 1],
  ['addresses one by one', { oci: { assign: ['single'] }, pool: { min: 3, warm: 2 } }, 1],
  ['blocks on two VNICs', { oci: { objectsPerVnic: 1, ...sizes }, pool: { min: 20, warm: 2 } }, 2],
];

async function start(node: VcnLabNode): Promise<[LabPod, LabPod]> {
  await node.startDaemon();
  await node.stocked();
  const [one, two] = [await node.pod('one'), await node.pod('two')];
  await one.add();
  await two.add();
  return [one, two];
}

/** Whether the VNIC has the address for pods. */
function carries({ blocks }: VnicReport, address: string): boolean {
  const list = new BlockList();
  for (const { cidr } of blocks) {
    const [base, length] = cidr.split('/') as [string, string];
    list.addSubnet(base, Number(length), base.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

test.each(modes)('%s', async (_, config, count) => {
  await using lab = await createVcnLab({ config });
  const [here, there] = lab.nodes as [VcnLabNode, VcnLabNode];
  const [[one, two], [far]] = await Promise.all([start(here), start(there)]);
  for (const { namespace } of [two, far]) await serveTcp(namespace, port);
  const { vnics } = await here.vnics();
  expect(vnics).toHaveLength(count);
  for (const family of ['inet', 'inet6'] as const) {
    const from = one.address(family);
    for (const to of [two.address(family), far.address(family)]) {
      expect(await ping(one.namespace, to)).toMatchObject({ outcome: 'reached' });
      expect(await connectTcp(one.namespace, to, port)).toBe(from);
    }
    const others = vnics.filter((vnic) => !carries(vnic, from));
    expect(others).toHaveLength(count - 1);
    for (const { id, table } of others) {
      const before = await lab.vcn.fabric.drops(id!);
      const way = { from, to: far.address(family), table: table! };
      const outcome = await misroute(here.namespace, way, () => ping(one.namespace, way.to));
      expect(outcome).toEqual({ outcome: 'unreached' });
      expect((await lab.vcn.fabric.drops(id!)) - before).toBe(3);
    }
  }
  for (const pod of [one, two, far]) {
    await pod.check();
    await pod.del();
  }
});
