import { readFileSync } from 'node:fs';
import { parseSave, type Ruleset, type SavedTable, tokenise } from '@vcn-cni/iptables';
import type { ActualState, Family, LinkFact, RouteSpec, WantedState } from '@vcn-cni/netlink';
import { parseRuleset } from '@vcn-cni/nftables';
import type { HostCapture, NamespaceCapture } from '../src/explain/index.ts';
import {
  capturedSysctls,
  defaultSettings,
  describePod,
  type NodeFacts,
  pairVeths,
  planFilter,
  planHost,
  planPod,
} from '../src/index.ts';

export type ServiceMode = 'iptables' | 'nftables';

/** Pods of the two nodes of the recorded kube-proxy rules; `client` is no endpoint of any service. */
export const pods = {
  kn1: { echo1: '10.88.65.5', dns1: '10.88.65.2', client: '10.88.65.6' },
  kn2: { echo2: '10.88.66.4', echo3: '10.88.66.5', dns2: '10.88.66.2' },
} as const;

/** What the plans of this package make of two nodes with kube-proxy, as their kernels would tell it. */
export function cluster(mode: ServiceMode): HostCapture[] {
  return [node('kn1', 11, 65, mode), node('kn2', 12, 66, mode)];
}

function nodeFacts(last: number, block: number): NodeFacts {
  const vnic = { mtu: 9000, gateways: { inet: '10.88.0.1' } };
  const primary = {
    ...vnic,
    name: 'ens3',
    id: 'p',
    addresses: { inet: `10.88.0.${last}` },
    blocks: [],
  };
  const secondary = {
    ...vnic,
    name: 'ens5',
    id: 's',
    slot: 0,
    addresses: { inet: `10.88.64.${last}` },
    gateways: { inet: '10.88.64.1' },
    blocks: [`10.88.${block}.0/24`],
  };
  return { primary, secondaries: [secondary], vcnCidrs: ['10.88.0.0/16'], families: ['inet'] };
}

function node(name: 'kn1' | 'kn2', last: number, block: number, mode: ServiceMode): HostCapture {
  const facts = nodeFacts(last, block);
  const wanted = planHost(facts, defaultSettings);
  wanted.links.push({ name: 'ens3' });
  wanted.addresses.push({ link: 'ens3', address: `10.88.0.${last}/24` });
  wanted.routes.push({
    family: 'inet',
    destination: '0.0.0.0/0',
    link: 'ens3',
    gateway: '10.88.0.1',
  });
  const own = Object.entries(pods[name]).map(([pod, address], at) => {
    const key = { network: 'pods', containerId: pod, ifname: 'eth0' };
    const lease = {
      key,
      addresses: [{ family: 'inet' as const, address, block: `10.88.${block}.0/24`, vnic: 's' }],
    };
    const ask = {
      key,
      netns: '/run/netns/x',
      pod: { namespace: 'default', name: pod },
      requested: [],
    };
    const spec = describePod(ask, lease, facts, defaultSettings);
    const plan = planPod(spec, lease, facts, defaultSettings);
    return { pod, plan, spec, index: 100 + at };
  });
  const root = merge([wanted, ...own.map(({ plan }) => plan.host)]);
  const peers = new Map(
    own.map(({ spec, index }) => [spec.hostLink, { index, mac: spec.hostMac }]),
  );
  const namespaces = [
    namespace(name, root, peers),
    ...own.map(({ pod, plan, spec, index }) =>
      namespace(pod, plan.pod, new Map([['eth0', { index, mac: spec.podMac }]])),
    ),
  ];
  const [host] = namespaces;
  const { iptables } = planFilter(facts, defaultSettings);
  host!.iptables.inet = withOurs(mode === 'iptables' ? recorded(name) : [], iptables.inet);
  if (mode === 'nftables')
    host!.nftables = parseRuleset(fixture(`nftables/fixtures/nftables-${name}.json`));
  return {
    name,
    root: name,
    namespaces: pairVeths(namespaces),
    vnics: [facts.primary, ...facts.secondaries].map(({ name: link, addresses, blocks }) => ({
      link,
      addresses: [...Object.values(addresses), ...blocks],
    })),
  };
}

const fixture = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const recorded = (name: string) =>
  parseSave(fixture(`iptables/fixtures/iptables-${name}.txt`), { counters: false });

function merge(states: WantedState[]): WantedState {
  const all = <K extends keyof WantedState>(key: K) =>
    states.flatMap((state) => state[key] as never);
  return {
    links: all('links'),
    addresses: all('addresses'),
    routes: all('routes'),
    rules: all('rules'),
    neighbours: all('neighbours'),
    sysctls: all('sysctls'),
  };
}

/** A namespace that holds what was wanted, and what the kernel adds by itself. Both ends of a pair have one index. */
function namespace(
  name: string,
  wanted: WantedState,
  peers: ReadonlyMap<string, { index: number; mac: string }>,
): NamespaceCapture {
  const links = ['lo', ...wanted.links.map((link) => link.name)].map((link, at): LinkFact => {
    const peer = peers.get(link);
    const common = { name: link, mtu: 9000, up: true, running: true, group: 0 };
    if (peer === undefined) return { ...common, index: at + 1 };
    const { index, mac } = peer;
    return { ...common, index, mac, kind: 'veth', peerIndex: index, peerNamespaceId: index };
  });
  const addresses = [
    { link: 'lo', address: '127.0.0.1/8', scope: 'host' as const },
    ...wanted.addresses,
  ];
  const network: ActualState = {
    links,
    addresses,
    neighbours: wanted.neighbours,
    routes: [...wanted.routes, ...addresses.map(localRoute)],
    rules: [
      ...wanted.rules,
      ...families.flatMap((family) => [
        { family, priority: 0, action: 'lookup' as const, table: 255 },
        { family, priority: 32766, action: 'lookup' as const, table: 254 },
      ]),
    ],
    sysctls: [
      ...capturedSysctls(links).map((sysctl) => ({ name: sysctl, value: '0' })),
      ...links.map(({ name: link }) => ({
        name: `net/ipv4/conf/${link}/forwarding`,
        value: peers.has('eth0') ? '0' : '1',
      })),
      ...wanted.sysctls,
    ],
  };
  return { name, network, peers: {}, iptables: { inet: [], inet6: [] }, nftables: null };
}

const families: Family[] = ['inet', 'inet6'];

function localRoute({ link, address }: { link: string; address: string }): RouteSpec {
  const own = address.replace(/\/.*$/, link === 'lo' ? '/8' : '/32');
  return { family: 'inet', destination: own, table: 255, type: 'local', link, scope: 'host' };
}

/** The filter's iptables form among what others wrote. */
function withOurs(saved: SavedTable[], ours: Ruleset): SavedTable[] {
  const tables = new Map(saved.map((table) => [table.name, table]));
  const tableOf = (name: string) => {
    const table = tables.get(name) ?? { name, chains: [] };
    tables.set(name, table);
    return table;
  };
  for (const { table, name, rules } of ours.chains) {
    tableOf(table).chains.push({ name, rules: rules.map(ruleOf) });
  }
  for (const { table, from, to, position } of ours.jumps) {
    const { chains } = tableOf(table);
    let chain = chains.find(({ name }) => name === from);
    if (chain === undefined) {
      chain = { name: from, policy: 'ACCEPT', rules: [] };
      chains.push(chain);
    }
    const jump = ruleOf(`-j ${to}`);
    if (position === 'first') chain.rules.unshift(jump);
    else chain.rules.push(jump);
  }
  return [...tables.values()];
}

const ruleOf = (text: string) => ({ tokens: tokenise(text) });
