import type { Family, RouteSpec, RuleSpec, SysctlSpec, WantedState } from '@vcn-cni/netlink';
import { anywhere, familyOf, hostCidr } from './link-local.ts';
import type { NodeFacts, SecondaryFacts, VnicFacts } from './node.ts';
import type { HostSettings } from './settings.ts';
import { vnicLinks } from './vnic-links.ts';

/**
 * Wanted kernel state that all pods of a node share: policy rules, the tables of the VNICs, forwarding.
 * The rules grow with VNICs and blocks, never with pods. Pure.
 */
export function planHost(node: NodeFacts, settings: HostSettings): WantedState {
  const parts = node.secondaries.map((vnic) => secondaryState(vnic, node, settings));
  const all = [node.primary, ...node.secondaries];
  return {
    links: parts.flatMap((part) => part.links),
    addresses: parts.flatMap((part) => part.addresses),
    neighbours: [],
    sysctls: [...parts.flatMap((part) => part.sysctls), ...nodeSysctls(node)],
    rules: [
      ...node.families.map(
        (family): RuleSpec => ({
          family,
          priority: settings.priorities.pods,
          action: 'lookup',
          table: settings.tables.pods,
          protocol: settings.routeProtocol,
        }),
      ),
      ...node.families.flatMap((family) => primaryRules(node.primary, family, settings)),
      ...parts.flatMap((part) => part.rules),
    ],
    routes: [
      ...node.families.flatMap((family) =>
        defaultRoute(node.primary, family, settings.tables.primary, settings),
      ),
      ...parts.flatMap((part) => part.routes),
      ...all.flatMap(({ blocks }) => blocks.map((block) => refusal(block, settings))),
    ],
  };
}

/** Replies by the way the request came, and the primary's own addresses by the primary's own table. */
function primaryRules(primary: VnicFacts, family: Family, settings: HostSettings): RuleSpec[] {
  if (primary.gateways[family] === undefined) return [];
  const { mark, priorities, tables, routeProtocol: protocol } = settings;
  const toPrimary = { family, action: 'lookup' as const, table: tables.primary, protocol };
  return [
    { ...toPrimary, priority: priorities.mark, fwmark: mark, fwmask: mark },
    ...sources(primary, family).flatMap((from): RuleSpec[] => [
      // docker0 and VPN routes of main keep working for what the primary sends.
      {
        family,
        priority: priorities.main,
        action: 'lookup',
        table: mainTable,
        from,
        suppressPrefixLength: 0,
        protocol,
      },
      { ...toPrimary, priority: priorities.source, from },
    ]),
  ];
}

/** RT_TABLE_MAIN of linux/rtnetlink.h. */
const mainTable = 254;

function secondaryState(
  vnic: SecondaryFacts,
  node: NodeFacts,
  settings: HostSettings,
): WantedState {
  const { name: link } = vnic;
  const { priorities, routeProtocol: protocol } = settings;
  const table = vnicTable(vnic, settings);
  return {
    links: vnicLinks(vnic),
    // Of its own, global and not deprecated: MASQUERADE would else take the primary's address.
    addresses: node.families.flatMap((family) => {
      const address = vnic.addresses[family];
      return address === undefined
        ? []
        : [{ link, address: hostCidr(family, address), scope: 'global' as const }];
    }),
    neighbours: [],
    sysctls: pairs([
      [`net/ipv4/conf/${link}/rp_filter`, '2'],
      [`net/ipv4/conf/${link}/arp_ignore`, '1'],
      ...(node.families.includes('inet6')
        ? ([
            [`net/ipv6/conf/${link}/accept_ra`, '0'],
            [`net/ipv6/conf/${link}/autoconf`, '0'],
            [`net/ipv6/conf/${link}/keep_addr_on_down`, '1'],
          ] as [string, string][])
        : []),
    ]),
    rules: node.families.flatMap((family): RuleSpec[] => [
      // What came from the VCN for no pod of ours is refused, not looped.
      { family, priority: priorities.guard, action: 'unreachable', iif: link, protocol },
      ...sources(vnic, family).map(
        (from): RuleSpec => ({
          family,
          priority: priorities.source,
          action: 'lookup',
          table,
          from,
          protocol,
        }),
      ),
    ]),
    routes: node.families.flatMap((family) => defaultRoute(vnic, family, table, settings)),
  };
}

/** The routing table of a secondary VNIC. */
export function vnicTable({ slot }: SecondaryFacts, { tables }: HostSettings): number {
  return tables.vnicBase + slot;
}

/** Own host address and blocks: everything that must leave by this VNIC. */
function sources(vnic: VnicFacts, family: Family): string[] {
  const own = vnic.addresses[family];
  return [
    ...(own === undefined ? [] : [hostCidr(family, own)]),
    ...vnic.blocks.filter((block) => familyOf(block) === family),
  ];
}

function defaultRoute(
  vnic: VnicFacts,
  family: Family,
  table: number,
  settings: HostSettings,
): RouteSpec[] {
  const gateway = vnic.gateways[family];
  if (gateway === undefined) return [];
  return [
    {
      family,
      destination: anywhere[family],
      table,
      link: vnic.name,
      gateway,
      onlink: true,
      protocol: settings.routeProtocol,
    },
  ];
}

/** Behind every pod's own route: an address of ours without a pod is refused before the VCN sees it. */
function refusal(block: string, settings: HostSettings): RouteSpec {
  const family = familyOf(block);
  return {
    family,
    destination: block,
    table: settings.tables.pods,
    type: 'unreachable',
    priority: family === 'inet' ? 4096 : 2147483647,
    protocol: settings.routeProtocol,
  };
}

function nodeSysctls(node: NodeFacts): SysctlSpec[] {
  const { name } = node.primary;
  const inet6 = node.families.includes('inet6');
  return pairs([
    [`net/ipv4/conf/${name}/rp_filter`, '2'],
    [`net/ipv4/conf/${name}/arp_ignore`, '1'],
    ['net/ipv4/ip_forward', '1'],
    // Before forwarding: switching it on purges the default route of a router advertisement.
    ...(inet6 && node.primary.acceptsRouterAdvertisements
      ? ([[`net/ipv6/conf/${name}/accept_ra`, '2']] as [string, string][])
      : []),
    ...(inet6 ? ([['net/ipv6/conf/all/forwarding', '1']] as [string, string][]) : []),
  ]);
}

function pairs(values: [string, string][]): SysctlSpec[] {
  return values.map(([name, value]) => ({ name, value }));
}
