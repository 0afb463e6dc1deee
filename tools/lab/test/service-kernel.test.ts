import { createSandbox, type Sandbox, type SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { parseRuleset } from '@vcn-cni/nftables';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  iptablesRules,
  type KubeService,
  nftablesRules,
  type ProxyNode,
  proxyServices,
  removeProxy,
} from '../src/index.ts';
import { generatedTable, generatedTables, listedTable, savedTables } from './service-written.ts';

let sandbox: Sandbox;
let host: SandboxNamespace;

beforeEach(async () => {
  sandbox = await createSandbox();
  host = sandbox.namespace('host');
});
afterEach(() => sandbox.close());

const nodes: Record<string, ProxyNode> = {
  'pods by their CIDRs, node ports of every address': {
    name: 'here',
    address: { inet: '10.0.0.2', inet6: 'fd00::2' },
    local: { clusterCidr: { inet: '10.0.64.0/20', inet6: 'fd00:1::/64' } },
    nodePortAddresses: 'all',
    serviceCidrs: ['10.96.0.0/16', 'fd00:96::/112'],
  },
  'pods by their interfaces, node ports of the primary address': {
    name: 'here',
    address: { inet: '10.0.0.2', inet6: 'fd00::2' },
    local: { interfacePrefix: 'oci' },
    nodePortAddresses: 'primary',
  },
};

const here = [
  { address: '10.0.64.5', node: 'here' },
  { address: 'fd00:1::5', node: 'here' },
];
const there = [
  { address: '10.0.65.5', node: 'there' },
  { address: 'fd00:1::1:5', node: 'there' },
];

const services: KubeService[] = [
  made(1, [...here, ...there], {}),
  made(2, [...here, ...there], { affinitySeconds: 600, sourceRanges: ['10.0.0.0/8', 'fd00::/32'] }),
  made(3, there, { externalTrafficPolicy: 'Local', sourceRanges: ['192.0.2.0/24'] }),
  made(4, there, { internalTrafficPolicy: 'Local' }),
  made(5, here, { internalTrafficPolicy: 'Local', externalTrafficPolicy: 'Local' }),
  made(6, [], { healthCheckNodePort: 31_006, sourceRanges: ['192.0.2.0/24'] }),
];

function made(
  number: number,
  endpoints: KubeService['endpoints'],
  more: Partial<KubeService>,
): KubeService {
  return {
    namespace: 'default',
    name: `service-${number}`,
    clusterIps: [`10.96.0.${number}`, `fd00:96::${number}`],
    ports: [
      { name: 'web', protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 30_000 + number },
      { name: 'dns', protocol: 'UDP', port: 53, targetPort: 5353 },
    ],
    endpoints,
    externalIps: [`203.0.113.${number}`, `fd00:203::${number}`],
    loadBalancerIps: [`198.51.100.${number}`, `fd00:198::${number}`],
    ...more,
  };
}

const families = [
  { family: 'inet', save: 'iptables-save', table: 'ip' },
  { family: 'inet6', save: 'ip6tables-save', table: 'ip6' },
] as const;

describe.each(Object.entries(nodes))('the kernel holds what was generated: %s', (_, node) => {
  test('iptables, also when it is written a second time', async () => {
    await proxyServices(host, 'iptables', services.slice(0, 3), node);
    await proxyServices(host, 'iptables', services, node);
    for (const { family, save } of families) {
      const { stdout } = await host.exec(save);
      const generated = iptablesRules(services, node, family);
      expect(savedTables(stdout)).toEqual(generatedTables(generated));
    }
  });

  test('nftables, until it is removed', async () => {
    await proxyServices(host, 'nftables', services.slice(0, 3), node);
    await proxyServices(host, 'nftables', services, node);
    for (const { family, table } of families) {
      const { stdout } = await host.exec('nft', ['-j', 'list', 'table', table, 'kube-proxy']);
      const generated = nftablesRules(services, node, family);
      expect(listedTable(parseRuleset(stdout).tables[0]!)).toEqual(generatedTable(generated));
    }
    await removeProxy(host);
    expect((await host.exec('nft', ['list', 'ruleset'])).stdout).toBe('');
  });
});
