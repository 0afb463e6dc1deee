import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VnicFacts } from '@vcn-cni/vcn-sim';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type CloudNode, createCloudNode, patiently } from './cloud-node.ts';
import { startOperator } from './cloud-operator.ts';

vi.setConfig({ testTimeout: 60_000 });

let at: CloudNode;
let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'npn-'));
  file = join(directory, 'npn.json');
});
afterEach(async () => {
  await at[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

/** As the controller of Oracle does: a VNIC, then addresses on it one by one. */
async function attach(count: number): Promise<VnicFacts> {
  const { cloud, node, lab } = at;
  await using operator = await startOperator(cloud);
  const { client } = operator;
  const known = new Set(cloud.facts().vnics.map(({ id }) => id));
  await client.attachVnic({
    instanceId: node.instanceId,
    createVnicDetails: { subnetId: lab.vcn.subnets['pods']!.id, assignIpv6Ip: true },
  });
  const attached = () => cloud.facts().vnics.find(({ id }) => !known.has(id));
  await expect.poll(attached, patiently).toBeDefined();
  const vnicId = attached()!.id;
  for (let n = 0; n < count; n++) {
    await client.privateIps.create({ vnicId });
    await client.ipv6s.create({ vnicId });
  }
  await lab.vcn.settled();
  return attached()!;
}

const podAddresses = ({ cidrs, address }: VnicFacts) => {
  const all = cidrs
    .map((cidr) => cidr.split('/')[0]!)
    .filter((one) => !Object.values(address).includes(one));
  return {
    v4: all.filter((one) => !one.includes(':')),
    v6: all.filter((one) => one.includes(':')),
  };
};

/** Of the first generation: one family, the VNIC's own address among the others. */
function first(vnic: VnicFacts, most = Number.POSITIVE_INFINITY) {
  const { cidrBlocks, virtualRouter } = at.lab.vcn.subnets['pods']!;
  const { v4 } = podAddresses(vnic);
  return {
    ...{ vnicId: vnic.id, macAddress: vnic.mac.toUpperCase() },
    ...{ routerIp: virtualRouter.inet, subnetCidr: cidrBlocks[0], hostAddress: vnic.address.inet },
    addresses: [vnic.address.inet, ...v4.slice(0, most)],
  };
}

/** Of the second: pairs of both families. */
function second(vnic: VnicFacts, most = Number.POSITIVE_INFINITY) {
  const { cidrBlocks, ipv6CidrBlocks, virtualRouter } = at.lab.vcn.subnets['pods']!;
  const { v4, v6 } = podAddresses(vnic);
  return {
    ...{ vnicId: vnic.id, macAddress: vnic.mac, nicIndex: vnic.nicIndex, vlanTag: vnic.vlanTag },
    routerIps: [{ v4: virtualRouter.inet, v6: virtualRouter.inet6 }],
    subnetCidrs: [{ v4: cidrBlocks[0], v6: ipv6CidrBlocks[0] }],
    hostAddresses: [{ v4: vnic.address.inet, v6: vnic.address.inet6 }],
    podAddresses: v4.slice(0, most).map((one, n) => ({ v4: one, v6: v6[n] })),
  };
}

async function write(...vnics: object[]): Promise<void> {
  const npn = {
    ...{ apiVersion: 'oci.oraclecloud.com/v1beta1', kind: 'NativePodNetwork' },
    ...{ metadata: { name: 'node1' }, spec: { id: at.node.instanceId } },
    status: { state: 'SUCCESS', reason: 'COMPLETED', vnics },
  };
  await writeFile(`${file}.new`, JSON.stringify(npn));
  await rename(`${file}.new`, file);
}

const total = async () =>
  (await at.report()).vnics
    .flatMap(({ blocks }) => blocks)
    .reduce((sum, block) => sum + block.total, 0);

test.each([
  ['first', ['inet'], first],
  ['second', ['inet', 'inet6'], second],
])(
  'VNICs of the %s generation: pods work, an address more is used, a file that is gone changes nothing',
  async (_, families, told) => {
    at = await createCloudNode({ config: { pool: { mode: 'npn', families }, npn: { file } } });
    const { node, added, reaches, status } = at;
    await node.startDaemon();
    expect((await status()).reason).toMatch(/npn\.json.*no such file/s);
    const [a, b] = [await attach(2), await attach(2)];
    const before = at.changes();
    await write(told(a, 1));
    await expect.poll(total, patiently).toBe(families.length);
    const one = await added('one');
    expect([...podAddresses(a).v4]).toContain(one.address());
    if (families.length > 1) expect(podAddresses(a).v6).toContain(one.address('inet6'));
    expect(await reaches(one)).toBe('reached');

    await write(told(a), told(b));
    await expect.poll(total, patiently).toBe(4 * families.length);
    const others = await Promise.all(['two', 'three', 'four'].map(added));
    const pods = [one, ...others];
    expect(pods.map((pod) => pod.address()).sort()).toEqual(
      [...podAddresses(a).v4, ...podAddresses(b).v4].sort(),
    );
    for (const pod of pods) expect(await reaches(pod)).toBe('reached');
    expect(Object.values(await at.tables())).toEqual([1010, 1011]);

    await rm(file);
    await expect
      .poll(async () => (await status()).waits, patiently)
      .toMatchObject([{ cause: 'npn-unusable', subject: file }]);
    expect((await node.vnics()).source).toBe('file');
    for (const pod of pods) expect(await reaches(pod)).toBe('reached');
    await others[0]!.del();
    expect(await reaches(await added('five'))).toBe('reached');
    expect(at.changes()).toEqual(before);
  },
);
