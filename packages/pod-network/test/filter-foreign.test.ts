import { iptables } from '@vcn-cni/iptables/driver';
import { createSandbox, type Sandbox, type SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { nft } from '@vcn-cni/nftables/driver';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chainOwner, planFilter } from '../src/filter/index.ts';
import type { NodeFacts } from '../src/node.ts';
import { defaultSettings } from '../src/settings.ts';

/** A cluster with 2,500 services of two endpoints, as kube-proxy writes them in both its modes: 20,000 rules. */
const services = Array.from({ length: 2500 }, (_, i) => ({
  ip: `10.96.${i >> 8}.${i & 255}`,
  name: `SVC-${i.toString().padStart(5, '0')}`,
  ends: [0, 1].map((n) => `10.${n}.${i >> 8}.${i & 255}`),
}));

function kubeProxyTables(): string {
  const chains = services.flatMap(({ name }) => [
    `:KUBE-${name} - [0:0]`,
    `:KUBE-SEP-${name}-0 - [0:0]`,
    `:KUBE-SEP-${name}-1 - [0:0]`,
  ]);
  const rules = services.flatMap(({ ip, name, ends }) => [
    `-A KUBE-SERVICES -d ${ip}/32 -p tcp -m comment --comment "ns/${name}:http cluster IP" -m tcp --dport 80 -j KUBE-${name}`,
    `-A KUBE-${name} ! -s 10.0.0.0/8 -d ${ip}/32 -p tcp -m tcp --dport 80 -j KUBE-MARK-MASQ`,
    `-A KUBE-${name} -m statistic --mode random --probability 0.50000000000 -j KUBE-SEP-${name}-0`,
    `-A KUBE-${name} -j KUBE-SEP-${name}-1`,
    ...ends.flatMap((end, n) => [
      `-A KUBE-SEP-${name}-${n} -s ${end}/32 -j KUBE-MARK-MASQ`,
      `-A KUBE-SEP-${name}-${n} -p tcp -m tcp -j DNAT --to-destination ${end}:8080`,
    ]),
  ]);
  return [
    '*nat',
    ':KUBE-SERVICES - [0:0]',
    ':KUBE-MARK-MASQ - [0:0]',
    ...chains,
    '-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
    '-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000',
    ...rules,
    'COMMIT',
    '',
  ].join('\n');
}

function kubeProxyNft(): string {
  return [
    'table ip kube-proxy {',
    ...services.flatMap(({ name, ends }) => [
      `chain ${name} {`,
      ...ends.map((end) => `ip saddr ${end} meta mark set meta mark | 0x4000`),
      `meta l4proto tcp dnat to numgen random mod 2 map { 0 : ${ends[0]}, 1 : ${ends[1]} }`,
      '}',
    ]),
    'map service-ips { type ipv4_addr . inet_proto . inet_service : verdict',
    `elements = { ${services.map(({ ip, name }) => `${ip} . tcp . 80 : goto ${name}`).join(', ')} }`,
    '}',
    'chain nat-prerouting { type nat hook prerouting priority dstnat',
    'ip daddr . meta l4proto . th dport vmap @service-ips',
    '}',
    '}',
    '',
  ].join('\n');
}

const vnic = { id: 'a', mtu: 9000, gateways: {} };
const addresses = { inet: '10.88.0.11', inet6: 'fd00:88::11' };
const node: NodeFacts = {
  primary: { ...vnic, name: 'ens3', addresses, blocks: ['10.88.65.0/24'] },
  secondaries: [],
  vcnCidrs: ['10.88.0.0/16'],
  families: ['inet', 'inet6'],
};
const plan = planFilter(node, { ...defaultSettings, snat: { exclude: [] } });

let sandbox: Sandbox;
let host: SandboxNamespace;
beforeAll(async () => {
  sandbox = await createSandbox();
  host = sandbox.namespace('host');
  const loaded = [
    await host.exec('iptables-restore', ['-w', '--noflush'], { input: kubeProxyTables() }),
    await host.exec('nft', ['-f', '-'], { input: kubeProxyNft() }),
  ];
  expect(loaded.map(({ stderr }) => stderr)).toEqual(['', '']);
});
afterAll(() => sandbox.close());

const exec = () => ['nsenter', `--net=${host.path}`];

it('our table leaves 20,000 rules of others as they are', async () => {
  const listing = async () => (await host.exec('nft', ['-s', 'list', 'ruleset'])).stdout;
  const before = await listing();
  expect(before.split('\n').length).toBeGreaterThan(20_000);
  const driver = nft({ exec: exec() });
  await driver.apply(plan.nftables);
  await driver.apply(plan.nftables);
  expect((await listing()).includes('table inet vcn-cni')).toBe(true);
  await driver.remove(plan.nftables);
  expect((await listing()) === before).toBe(true);
});

it('our chains leave 20,000 rules of others as they are', async () => {
  const save = async () => {
    const text = (await host.exec('iptables-save', ['-t', 'nat'])).stdout;
    return text.split('\n').filter((line) => !line.startsWith('#'));
  };
  const before = await save();
  expect(before.length).toBeGreaterThan(20_000);
  const driver = iptables({ family: 'inet', backend: 'auto', owner: chainOwner, exec: exec() });
  await driver.apply(plan.iptables.inet);
  const during = await save();
  const theirs = during.filter((line) => !line.includes(chainOwner));
  expect(theirs.join('\n') === before.join('\n')).toBe(true);
  expect(during.length - before.length).toBeGreaterThan(5);
  await driver.remove();
  expect((await save()).join('\n') === before.join('\n')).toBe(true);
});
