import { endpointChains, marks, policyChains } from './felix-endpoint.ts';
import type { PolicyView } from './policy.ts';

/** Where Felix puts its jumps, and what it says of packets that it has nothing against in mangle. */
export interface FelixMode {
  /** `Append`: behind what is there. `Insert`, its default: in front of everything. */
  chainInsertMode: 'Append' | 'Insert';
  /** `Accept`, its default, ends mangle for a packet; `Return` lets others have their say. */
  mangleAllowAction: 'Accept' | 'Return';
}

export type Rules = [chain: string, ...rules: string[]];

/** Chains of Felix, and the built-in chains that lead into them, by table. */
export interface FelixTable {
  table: 'raw' | 'mangle' | 'filter';
  chains: Rules[];
  jumps: { from: string; rule: string; always?: 'append' }[];
}

/**
 * Policy as Calico's Felix lays it on the host ends of pods, found by their names: what comes from and goes to a link
 * of the prefix is dispatched by name, and ends there if the name is not known. A set of addresses is written
 * out as one rule for each, since not every host has ipset.
 */
export function felixTables(
  family: 'inet' | 'inet6',
  prefix: string,
  view: PolicyView,
  mode: FelixMode,
): FelixTable[] {
  const jump = (...hooks: string[]) => hooks.map((from) => ({ from, rule: `-j cali-${from}` }));
  return [
    { table: 'raw', chains: raw(prefix), jumps: jump('PREROUTING') },
    { table: 'mangle', chains: mangle(mode), jumps: jump('PREROUTING', 'POSTROUTING') },
    {
      table: 'filter',
      chains: [
        ...filter(family, prefix, view),
        ...policyChains(family, view),
        ...endpointChains(family, view),
      ],
      jumps: [
        ...jump('INPUT', 'FORWARD', 'OUTPUT'),
        // Behind everything in either mode: what policy has let through is not left to others.
        { from: 'FORWARD', rule: `-m mark --mark ${marks.accept} -j ACCEPT`, always: 'append' },
      ],
    },
  ];
}

function raw(prefix: string): Rules[] {
  const workload = '0x40000/0x40000';
  return [
    [
      'cali-PREROUTING',
      `-j MARK --set-xmark 0x0/${marks.all}`,
      `-i ${prefix}+ -j MARK --set-xmark ${workload}`,
      `-m mark --mark ${workload} -m rpfilter --validmark --invert -j DROP`,
    ],
  ];
}

function mangle({ mangleAllowAction }: FelixMode): Rules[] {
  const allow = mangleAllowAction.toUpperCase();
  return [
    [
      'cali-PREROUTING',
      `-m conntrack --ctstate RELATED,ESTABLISHED -j ${allow}`,
      `-m mark --mark ${marks.accept} -j ${allow}`,
    ],
    [
      'cali-POSTROUTING',
      `-m mark --mark ${marks.accept} -j RETURN`,
      `-j MARK --set-xmark 0x0/${marks.all}`,
    ],
  ];
}

function filter(family: 'inet' | 'inet6', prefix: string, { endpoints }: PolicyView): Rules[] {
  const neighbours = family === 'inet6' ? [133, 134, 135, 136] : [];
  return [
    [
      'cali-FORWARD',
      '-j MARK --set-xmark 0x0/0xe0000',
      `-i ${prefix}+ -j cali-from-wl-dispatch`,
      `-o ${prefix}+ -j cali-to-wl-dispatch`,
    ],
    ['cali-INPUT', `-i ${prefix}+ -g cali-wl-to-host`, `-m mark --mark ${marks.accept} -j ACCEPT`],
    // What the node itself sends to its pods, probes above all, passes under any policy.
    ['cali-OUTPUT', `-m mark --mark ${marks.accept} -j ACCEPT`, `-o ${prefix}+ -j RETURN`],
    [
      'cali-wl-to-host',
      ...neighbours.map((type) => `-p icmpv6 --icmpv6-type ${type} -j ACCEPT`),
      '-j cali-from-wl-dispatch',
      '-j ACCEPT',
    ],
    [
      'cali-from-wl-dispatch',
      ...endpoints.map(({ link }) => `-i ${link} -g cali-fw-${link}`),
      '-j DROP',
    ],
    [
      'cali-to-wl-dispatch',
      ...endpoints.map(({ link }) => `-o ${link} -g cali-tw-${link}`),
      '-j DROP',
    ],
  ];
}
