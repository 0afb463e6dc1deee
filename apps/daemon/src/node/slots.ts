/** Which routing table a VNIC has: kept as long as the VNIC is there, also by a new process. */
import type { RuleSpec } from '@vcn-cni/netlink';
import { familyOf, type HostSettings, hostCidr } from '@vcn-cni/pod-network';
import type { SourceVnic } from './offer.ts';

/** By OCID; see `SecondaryFacts.slot`. */
export type Slots = ReadonlyMap<string, number>;

/** Who has a slot keeps it, others get the lowest that nobody has. */
export function assignSlots(ids: readonly string[], known: Slots): Slots {
  const taken = new Set(ids.flatMap((id) => known.get(id) ?? []));
  let next = 0;
  return new Map(
    ids.map((id) => {
      const kept = known.get(id);
      if (kept !== undefined) return [id, kept];
      while (taken.has(next)) next += 1;
      taken.add(next);
      return [id, next];
    }),
  );
}

/** The slots that an earlier process gave, from the rules that it left in the kernel. */
export function slotsInRules(
  vnics: readonly SourceVnic[],
  rules: readonly RuleSpec[],
  { routeProtocol, priorities, tables }: HostSettings,
): Slots {
  const tableOf = new Map(
    rules
      .filter((rule) => rule.protocol === routeProtocol && rule.priority === priorities.source)
      .map(({ from, table }) => [from, table]),
  );
  const slots = new Map<string, number>();
  for (const { id, addresses } of vnics)
    for (const address of Object.values(addresses)) {
      const table = tableOf.get(hostCidr(familyOf(address), address));
      const slot = (table ?? 0) - tables.vnicBase;
      // Two VNICs of one table are a mistake of the past: the second gets another.
      if (slot >= 0 && ![...slots.values()].includes(slot)) slots.set(id, slot);
    }
  return slots;
}
