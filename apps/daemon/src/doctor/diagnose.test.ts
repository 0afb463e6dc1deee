import { emptyState } from '@vcn-cni/netlink';
import { defaultSettings } from '@vcn-cni/pod-network';
import { expect, test } from 'vitest';
import { checks } from './checks.ts';
import { diagnose } from './diagnose.ts';
import type { HostFacts } from './facts.ts';

const vnicRule = {
  family: 'inet',
  priority: 768,
  action: 'unreachable',
  iif: 'ens5',
  protocol: 184,
} as const;

/** A host without any hazard. */
const healthy: HostFacts = {
  settings: defaultSettings,
  primary: 'ens3',
  network: { ...emptyState(), links: [], rules: [vnicRule] },
  sysctls: new Map([
    ['net/ipv4/ip_forward', '1'],
    ['net/ipv6/conf/all/forwarding', '1'],
    ['net/ipv4/conf/all/rp_filter', '0'],
    ['net/ipv4/conf/ens3/rp_filter', '2'],
    ['net/ipv4/neigh/default/gc_thresh3', '8192'],
    ['net/netfilter/nf_conntrack_max', '262144'],
  ]),
  filter: { nftables: { available: true }, saves: [], wanted: 'auto', forwardAccept: false },
  kubeProxy: ['kube-proxy', '--nodeport-addresses=primary'],
  networkd: { running: false, configuration: '' },
  netConfigs: {
    directory: '/etc/cni/net.d',
    files: ['10-oci-vcn.conflist'],
    ours: '10-oci-vcn.conflist',
  },
  daemon: { serving: true },
  blocks: ['10.0.1.0/28', 'fd00::/112'],
};

const save = (text: string, backend: 'nft' | 'legacy' = 'nft') => ({
  ...healthy.filter,
  saves: [{ backend, family: 'inet' as const, text }],
});
const sysctl = (name: string, value: string) => ({
  sysctls: new Map([...healthy.sysctls, [name, value]]),
});
const routes = (destination: string, link: string) => ({
  network: { ...healthy.network!, routes: [{ family: 'inet' as const, destination, link }] },
});
const rule = (more: object) => ({
  network: {
    ...healthy.network!,
    rules: [
      vnicRule,
      { family: 'inet' as const, priority: 9000, action: 'lookup' as const, table: 77, ...more },
    ],
  },
});

test('a healthy host has no hazards', () => {
  expect(diagnose(healthy)).toEqual([]);
});

test.each<[string, Partial<HostFacts>, string, RegExp]>([
  ['ip-forward', sysctl('net/ipv4/ip_forward', '0'), 'error', /ip_forward is 0/],
  ['ip-forward', sysctl('net/ipv6/conf/all/forwarding', '0'), 'error', /forwarding is 0/],
  ['rp-filter', sysctl('net/ipv4/conf/ens3/rp_filter', '1'), 'error', /rp_filter of ens3 is 1/],
  ['main-routes', routes('10.0.64.0/24', 'ens5'), 'warning', /10\.0\.64\.0\/24 dev ens5/],
  [
    'forward-policy',
    { filter: save('*filter\n:FORWARD DROP [0:0]\nCOMMIT\n') },
    'error',
    /FORWARD is DROP/,
  ],
  ['foreign-rules', rule({ priority: 512 }), 'warning', /uses our priority 512/],
  ['foreign-rules', rule({ table: 1000 }), 'warning', /uses our table 1000/],
  ['foreign-rules', rule({ fwmark: 0x80, fwmask: 0x80 }), 'warning', /uses our mark 0x80/],
  [
    'foreign-marks',
    { filter: save('*mangle\n-A PREROUTING -i ens3 -j CONNMARK --set-xmark 0x80/0xff\nCOMMIT\n') },
    'warning',
    /CONNMARK/,
  ],
  [
    'foreign-marks',
    { filter: save('*mangle\n-A PREROUTING -j MARK --set-mark 0x1\nCOMMIT\n') },
    'warning',
    /MARK/,
  ],
  [
    'nodeport-addresses',
    { kubeProxy: ['kube-proxy', '--config=/x'] },
    'warning',
    /nodeport-addresses/,
  ],
  [
    'networkd-foreign',
    { networkd: { running: true, configuration: '[Network]\nManageForeignRoutes=no\n' } },
    'warning',
    /ManageForeignRoutingPolicyRules on/,
  ],
  [
    'calico-insert',
    {
      filter: {
        ...save(
          '*mangle\n-A PREROUTING -j cali-PREROUTING\n-A PREROUTING -j VCN-CNI-PRE\nCOMMIT\n',
        ),
        wanted: 'iptables',
      },
    },
    'error',
    /Calico/,
  ],
  [
    'nf-tables',
    { filter: { ...healthy.filter, nftables: { available: false, reason: 'no nft' } } },
    'warning',
    /no nft/,
  ],
  [
    'both-backends',
    {
      filter: {
        ...healthy.filter,
        saves: [...save('-A INPUT -j X\n').saves, ...save('-A INPUT -j Y\n', 'legacy').saves],
      },
    },
    'warning',
    /nft holds 1 rules and iptables-legacy 1/,
  ],
  [
    'node-limits',
    sysctl('net/ipv4/neigh/default/gc_thresh3', '1024'),
    'warning',
    /gc_thresh3 is 1024/,
  ],
  [
    'conflist-unserved',
    { daemon: { serving: false, reason: 'stopped' } },
    'error',
    /stopped.*no pod can start/,
  ],
  [
    'conflist-order',
    { netConfigs: { ...healthy.netConfigs!, files: ['05-x.conf', '10-oci-vcn.conflist'] } },
    'error',
    /05-x\.conf sort before/,
  ],
])('%s', (id, changed, severity, evidence) => {
  const hazards = diagnose({ ...healthy, ...changed });
  expect(hazards).toEqual([
    {
      id,
      severity,
      evidence: expect.stringMatching(evidence),
      remedy: expect.stringMatching(/\w/),
    },
  ]);
});

test('every check has a case above, and none falls over facts that are missing', () => {
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  const { network: _n, primary: _p, kubeProxy: _k, netConfigs: _c, ...bare } = healthy;
  expect(diagnose({ ...bare, sysctls: new Map() }).map(({ severity }) => severity)).toEqual([
    'info',
    'info',
  ]);
});

test('what is no hazard: a mask that spares our bit, Calico owning FORWARD, networkd told to keep out', () => {
  const text =
    '*mangle\n-A PREROUTING -j MARK --set-xmark 0x4000/0x4000\nCOMMIT\n*filter\n:FORWARD DROP [0:0]\n:cali-FORWARD - [0:0]\nCOMMIT\n';
  const configuration = 'ManageForeignRoutes=no\nManageForeignRoutingPolicyRules = false\n';
  expect(
    diagnose({ ...healthy, filter: save(text), networkd: { running: true, configuration } }),
  ).toEqual([]);
});
