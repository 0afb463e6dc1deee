import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type CloudNode, createCloudNode, patiently } from './cloud-node.ts';

vi.setConfig({ testTimeout: 60_000 });

let at: CloudNode;

beforeEach(async () => {
  at = await createCloudNode({
    config: { pool: { families: ['inet'] }, oci: { assign: ['single'], objectsPerVnic: 10 } },
  });
  await at.startOld();
  await at.node.stocked();
});
afterEach(() => at[Symbol.asyncDispose]());

/** The value of a gauge without labels. */
function gauge(name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: at.node.paths.ctl, path: '/metrics' }, (response) => {
      text(response).then((all) => {
        const line = all.split('\n').find((one) => one.startsWith(`${name} `));
        resolve(Number(line?.split(' ')[1]));
      }, reject);
    });
    call.on('error', reject).end();
  });
}

async function ip(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await at.node.namespace.exec('ip', args);
  if (code !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`);
  return stdout;
}

test('a VNIC is detached by somebody: its pods are told, the pool heals, and nothing of it stays', async () => {
  const { node, added, reaches, cloud, lab } = at;
  const pods = await Promise.all(['a', 'b', 'c', 'd'].map(added));
  const vnics = async () => (await at.report()).vnics;
  const before = await vnics();
  const lost = before.find(({ used, table }) => used > 0 && table === 1010)!;
  const onLost = (address: string) =>
    at.held()[lost.id!]?.some((cidr) => cidr === `${address}/32`) ?? false;
  const cut = pods.filter((pod) => onLost(pod.address()));
  const well = pods.filter((pod) => !cut.includes(pod));
  expect([cut.length, well.length]).toEqual([2, 2]);
  const names = cut.map(({ name }) => `default/${name}`).sort();

  cloud.loseVnic(cloud.world.vnics.get(lost.id!)!.attachmentId);
  // Others take what it had: else the pool would get the same addresses again, and the pods would be well.
  const subnetId = lab.vcn.subnets['pods']!.id;
  for (const _ of [lost, ...lost.blocks]) cloud.launchInstance({ createVnicDetails: { subnetId } });
  await lab.vcn.settled();
  expect(await reaches(cut[0]!)).toBe('unreached');
  await expect.poll(async () => (await at.status()).stranded.toSorted(), patiently).toEqual(names);
  expect((await at.report()).stranded.toSorted()).toEqual(names);
  expect(await gauge('vcn_cni_stranded_pods')).toBe(2);
  const shown = (await node.vcnctl('status')).stdout;
  expect(shown).toMatch(/cut off +default\/. default\/.: the VNIC of an address is gone/);
  expect((await vnics()).find(({ id }) => id === lost.id)).toMatchObject({
    ...{ state: 'gone', device: null, table: null, used: 2 },
  });

  await expect
    .poll(async () => (await vnics()).filter(({ id, device }) => device && id !== lost.id).length, {
      ...patiently,
    })
    .toBe(2);
  await node.stocked();
  for (const pod of well) expect(await reaches(pod)).toBe('reached');
  for (const name of ['e', 'f', 'g']) expect(await reaches(await added(name))).toBe('reached');

  for (const pod of cut) await pod.del();
  await expect.poll(async () => (await at.status()).stranded, patiently).toEqual([]);
  expect(await gauge('vcn_cni_stranded_pods')).toBe(0);
  await expect
    .poll(async () => (await vnics()).map(({ id }) => id), patiently)
    .not.toContain(lost.id);
  const rules = await ip('rule', 'show');
  const routes = await ip('route', 'show', 'table', 'all');
  const gone = [...lost.addresses, ...lost.blocks.map(({ cidr }) => cidr.replace('/32', ''))];
  for (const address of gone) {
    expect(rules).not.toMatch(new RegExp(`from ${address} `));
    expect(routes).not.toMatch(new RegExp(`^(unreachable )?${address} `, 'm'));
  }
  expect(await at.plan()).toEqual([]);
});

const spoils: [string, (device: string, address: string, table: number) => Promise<unknown>][] = [
  ['its card is taken down', (device) => ip('link', 'set', device, 'down')],
  ['its address is deleted', (device, address) => ip('address', 'del', address, 'dev', device)],
  ['its rules are deleted', (_, __, table) => ip('rule', 'del', 'table', `${table}`)],
  ['its table is flushed', (_, __, table) => ip('route', 'flush', 'table', `${table}`)],
];

test('what somebody changes of a VNIC is repaired within two seconds, without being asked', async () => {
  const { added, reaches, plan } = at;
  const pod = await added('web');
  const vnic = (await at.report()).vnics.find(({ used }) => used > 0)!;
  for (const [what, spoil] of spoils) {
    await expect.poll(plan, patiently).toEqual([]);
    await spoil(vnic.device!, `${vnic.addresses[0]}/32`, vnic.table!);
    expect((await plan()).length, what).toBeGreaterThan(0);
    await expect.poll(plan, { timeout: 2_000, interval: 20, message: what }).toEqual([]);
    expect(await reaches(pod), what).toBe('reached');
  }
});
