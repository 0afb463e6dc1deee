import { iptables } from '@vcn-cni/iptables/driver';
import { createSandbox, type Sandbox, type SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { nft } from '@vcn-cni/nftables/driver';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chainOwner, planFilter } from '../src/filter/index.ts';
import type { NodeFacts } from '../src/node.ts';
import { defaultSettings } from '../src/settings.ts';
import { usableBackends } from './filter-forms.ts';

/** Services of two endpoints each, as kube-proxy writes them in both its modes. */
const services = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ip: `10.96.${i >> 8}.${i & 255}`,
    name: `SVC-${i.toString().padStart(5, '0')}`,
    ends: [0, 1].map((n) => `10.${n}.${i >> 8}.${i & 255}`),
  }));

type Service = ReturnType<typeof services>[number];

function kubeProxyTables(all: Service[]): string {
  const chains = all.flatMap(({ name }) => [
    `:KUBE-${name} - [0:0]`,
    `:KUBE-SEP-${name}-0 - [0:0]`,
    `:KUBE-SEP-${name}-1 - [0:0]`,
  ]);
  const rules = all.flatMap(({ ip, name, ends }) => [
    `-A KUBE-SERVICES -d ${ip}/32 -p tcp -m comment --comment "ns/${name}:http cluster IP" -m tcp --dport 80 -j KUBE-${name}`,
    `-A KUBE-${name} ! -s 10.0.0.0/8 -d ${ip}/32 -p tcp -m tcp --dport 80 -j KUBE-MARK-MASQ`,
    `-A KUBE-${name} -m statistic --mode random --probability 0.50000000000 -j KUBE-SEP-${name}-0`,
    `-A KUBE-${name} -j KUBE-SEP-${name}-1`,
    ...ends.flatMap((end, n) => [
      `-A KUBE-SEP-${name}-${n} -s ${end}/32 -j KUBE-MARK-MASQ`,
      `-A KUBE-SEP-${name}-${n} -p tcp -m tcp -j DNAT --to-destination ${end}:8080`,
    ]),
  ]);
  return ['*nat', ...chains, ...rules, 'COMMIT', ''].join('\n');
}

function kubeProxyNft(all: Service[]): string {
  return [
    'table ip kube-proxy {',
    ...all.flatMap(({ name, ends }) => [
      `chain ${name} {`,
      ...ends.map((end) => `ip saddr ${end} meta mark set meta mark | 0x4000`),
      `meta l4proto tcp dnat to numgen random mod 2 map { 0 : ${ends[0]}, 1 : ${ends[1]} }`,
      '}',
    ]),
    'map service-ips { type ipv4_addr . inet_proto . inet_service : verdict',
    `elements = { ${all.map(({ ip, name }) => `${ip} . tcp . 80 : goto ${name}`).join(', ')} }`,
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
});
afterAll(() => sandbox.close());

async function load(command: string, args: string[], input: string): Promise<void> {
  expect((await host.exec(command, args, { input })).stderr).toBe('');
}

const exec = () => ['nsenter', `--net=${host.path}`];

it('our table leaves the rules of others as they are', async () => {
  for (const part of parts(600)) await load('nft', ['-f', '-'], kubeProxyNft(part));
  const listing = async () => (await host.exec('nft', ['-s', 'list', 'ruleset'])).stdout;
  const before = await listing();
  await nft({ exec: exec() }).apply(plan.nftables);
  const during = await listing();
  const start = during.indexOf('table inet vcn-cni {');
  expect(start).toBeGreaterThan(0);
  const end = during.indexOf('\n}\n', start) + 3;
  expect(during.slice(0, start) + during.slice(end) === before).toBe(true);
  await nft({ exec: exec() }).remove(plan.nftables);
  expect(await nft({ exec: exec() }).read(plan.nftables)).toBeUndefined();
}, 120_000);

/** The nft backend sends a restore as one message, which without root has a bound: the rules come in parts. */
const amounts = { nft: 400, legacy: 2200 };

it.each(usableBackends())(
  'our chains leave the rules of others in %s as they are',
  async (backend) => {
    const restore = `iptables-${backend}-restore`;
    await load(restore, ['-w', '--noflush'], kubeProxyBase);
    const size = backend === 'nft' ? 25 : amounts.legacy;
    for (const part of parts(amounts[backend], size)) {
      await load(restore, ['-w', '--noflush'], kubeProxyTables(part));
    }
    const save = async () => {
      const text = (await host.exec(`iptables-${backend}-save`, ['-t', 'nat'])).stdout;
      return text.split('\n').filter((line) => !line.startsWith('#'));
    };
    const before = await save();
    expect(before.length).toBeGreaterThan(9 * amounts[backend]);
    const driver = iptables({ family: 'inet', backend, owner: chainOwner, exec: exec() });
    await driver.apply(plan.iptables.inet);
    const during = await save();
    const theirs = during.filter((line) => !line.includes(chainOwner));
    expect(theirs.join('\n') === before.join('\n')).toBe(true);
    expect(during.length - before.length).toBeGreaterThan(5);
    await driver.remove();
    expect((await save()).join('\n') === before.join('\n')).toBe(true);
  },
  120_000,
);

const kubeProxyBase = `*nat
:KUBE-SERVICES - [0:0]
:KUBE-MARK-MASQ - [0:0]
-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
COMMIT
`;

function parts(count: number, size = 100): Service[][] {
  const all = services(count);
  return Array.from({ length: Math.ceil(count / size) }, (_, i) =>
    all.slice(i * size, (i + 1) * size),
  );
}
