import type { Jump, OwnedChain, Ruleset, TableName } from '@vcn-cni/iptables';
import type { Family } from '@vcn-cni/netlink';
import type { FilterFacts, Snat } from './filter-facts.ts';
import { chainOwner, guarded, metadataAddress } from './names.ts';

/**
 * The filter as own chains with one jump each, where nf_tables is not to be had. It holds only while nobody puts an
 * ACCEPT before our jumps; and with SNAT on, the service CIDR must be among the excluded networks, for a rule of nat
 * PREROUTING cannot see what a later one makes of the destination.
 */
export function iptablesForm(facts: FilterFacts, family: Family): Ruleset {
  const snat = facts.snat[family];
  const owned: Owned[] = [
    own('RAW', 'raw', 'PREROUTING', 'first', antispoof(facts, family)),
    own('PRE', 'mangle', 'PREROUTING', 'first', connmark(facts, snat)),
    ...(facts.guard ? [own('GUARD', 'mangle', 'FORWARD', 'first', guard(facts, family))] : []),
    ...(snat ? [own('EGRESS', 'nat', 'PREROUTING', 'last', select(facts, snat))] : []),
    own('POST', 'nat', 'POSTROUTING', 'last', postrouting(facts, snat)),
  ];
  return { chains: owned.map(({ chain }) => chain), jumps: owned.map(({ jump }) => jump) };
}

function antispoof({ prefix }: FilterFacts, family: Family): string[] {
  const localhost = family === 'inet' ? [`-d 127.0.0.0/8 -i ${prefix}+ -j DROP`] : [];
  return [...localhost, `-i ${prefix}+ -m rpfilter --invert -j DROP`];
}

function connmark({ prefix, primary, mark }: FilterFacts, snat: Snat | undefined): string[] {
  const restore = `-j CONNMARK --restore-mark --nfmask ${mark} --ctmask ${mark}`;
  const marked = `-m connmark --mark ${mark}/${mark}`;
  return [
    `-i ${primary} -m conntrack --ctdir ORIGINAL -j CONNMARK --set-xmark ${mark}/${mark}`,
    `-m conntrack --ctdir REPLY ${marked} ${restore}`,
    // nat sees a connection's first packet only: the others are marked here.
    ...(snat ? [`-i ${prefix}+ -m conntrack --ctdir ORIGINAL ${marked} ${restore}`] : []),
  ];
}

/** RETURN, not ACCEPT: others may have rules for DNS too. */
function guard({ prefix }: FilterFacts, family: Family): string[] {
  const address = `${metadataAddress[family]}/${family === 'inet' ? 32 : 128}`;
  const allow = (protocol: string, port: number) =>
    `-d ${address} -i ${prefix}+ -p ${protocol} -m ${protocol} --dport ${port} -j RETURN`;
  return [
    allow('udp', 53),
    allow('tcp', 53),
    ...(family === 'inet' ? [allow('udp', 123)] : []),
    ...guarded[family].map((cidr) => `-d ${cidr} -i ${prefix}+ -j DROP`),
  ];
}

function select({ prefix, mark }: FilterFacts, { exclude }: Snat): string[] {
  return [
    ...exclude.map((cidr) => `-d ${withLength(cidr)} -i ${prefix}+ -j RETURN`),
    `-i ${prefix}+ -m addrtype --dst-type LOCAL -j RETURN`,
    `-i ${prefix}+ -j CONNMARK --set-xmark ${mark}/${mark}`,
    `-i ${prefix}+ -j MARK --set-xmark ${mark}/${mark}`,
  ];
}

function postrouting({ primary, vnics, mark }: FilterFacts, snat: Snat | undefined): string[] {
  const translated = (snat?.pods ?? []).map(
    (block) =>
      `-s ${withLength(block)} -o ${primary} -m mark --mark ${mark}/${mark} -j SNAT --to-source ${snat?.to} --random-fully`,
  );
  const sentOn = vnics.map(
    (vnic) =>
      `-o ${vnic} -m connmark --mark ${mark}/${mark} -m conntrack --ctstate DNAT --ctdir ORIGINAL -j MASQUERADE --random-fully`,
  );
  return [...translated, ...sentOn];
}

/** As iptables-save prints it. */
function withLength(cidr: string): string {
  if (cidr.includes('/')) return cidr;
  return `${cidr}/${cidr.includes(':') ? 128 : 32}`;
}

interface Owned {
  chain: OwnedChain;
  jump: Jump;
}

function own(
  suffix: string,
  table: TableName,
  from: Jump['from'],
  position: Jump['position'],
  rules: string[],
): Owned {
  const name = `${chainOwner}${suffix}`;
  return { chain: { table, name, rules }, jump: { table, from, to: name, position } };
}
