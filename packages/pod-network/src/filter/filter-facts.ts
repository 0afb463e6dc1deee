import type { Family } from '@vcn-cni/netlink';
import type { NodeFacts, VnicFacts } from '../node.ts';
import type { HostSettings } from '../settings.ts';
import { guarded } from './names.ts';
import { widestCidrs } from './widest-cidrs.ts';

/** What both forms of the filter are made from. */
export interface FilterFacts {
  /** Host veth names begin with it. */
  prefix: string;
  primary: string;
  /** Link names of all VNICs, the primary first. */
  vnics: string[];
  /** `0x80`: one bit. */
  mark: string;
  guard: boolean;
  /** By family; absent: nothing is translated. */
  snat: Partial<Record<Family, Snat>>;
}

export interface Snat {
  /** The node's primary address. */
  to: string;
  pods: string[];
  exclude: string[];
}

export const families = ['inet', 'inet6'] as const satisfies readonly Family[];

/** @throws RangeError naming the setting or fact that cannot stand in a rule. */
export function filterFacts(node: NodeFacts, settings: HostSettings): FilterFacts {
  const vnics = [node.primary, ...node.secondaries];
  for (const { name } of vnics) checkLinkName(name);
  checkPrefix(settings.interfacePrefix);
  const facts: FilterFacts = {
    prefix: settings.interfacePrefix,
    primary: node.primary.name,
    vnics: vnics.map(({ name }) => name),
    mark: formatMark(settings.mark),
    guard: settings.metadataGuard,
    snat: {},
  };
  for (const family of families) {
    const snat = snatOf(family, vnics, node, settings);
    if (snat !== undefined) facts.snat[family] = snat;
  }
  return facts;
}

function snatOf(
  family: Family,
  vnics: VnicFacts[],
  node: NodeFacts,
  settings: HostSettings,
): Snat | undefined {
  const to = node.primary.addresses[family];
  const blocks = vnics.flatMap((vnic) => vnic.blocks);
  const pods = widestCidrs('blocks', blocks, family);
  if (settings.snat === undefined || to === undefined || pods.length === 0) return undefined;
  const always = [...node.vcnCidrs, ...guarded[family]];
  // Both lists are read for errors before they are made one.
  widestCidrs('snat.exclude', settings.snat.exclude, family);
  return {
    to,
    pods,
    exclude: widestCidrs('vcnCidrs', [...always, ...settings.snat.exclude], family),
  };
}

/** A name ending in "+" or "*" would match more than itself. */
function checkLinkName(name: string): void {
  if (!/^[\w.:-]{1,15}$/.test(name)) {
    throw new RangeError(
      `VNIC link name "${name}": wanted 1 to 15 letters, digits, ".", "_", ":" or "-"`,
    );
  }
}

function checkPrefix(prefix: string): void {
  if (!/^[A-Za-z][\w-]{0,3}$/.test(prefix)) {
    throw new RangeError(
      `interfacePrefix "${prefix}": wanted a letter, then at most 3 letters, digits, "_" or "-"`,
    );
  }
}

function formatMark(mark: number): string {
  if (
    !Number.isInteger(mark) ||
    mark <= 0 ||
    mark > 0x8000_0000 ||
    !Number.isInteger(Math.log2(mark))
  ) {
    throw new RangeError(`mark ${mark}: wanted one bit of 32, such as 0x80`);
  }
  return `0x${mark.toString(16)}`;
}
