import type { Ruleset } from '@vcn-cni/iptables';
import type { Table } from '@vcn-cni/nftables';
import type { NodeFacts } from '../node.ts';
import type { HostSettings } from '../settings.ts';
import { filterFacts } from './filter-facts.ts';
import { iptablesForm } from './iptables-form.ts';
import { nftablesForm } from './nftables-form.ts';

/** The same filter twice: the first where nf_tables works, the other two where it does not. Never both at once. */
export interface FilterPlan {
  nftables: Table;
  iptables: { inet: Ruleset; inet6: Ruleset };
}

/**
 * The datapath's filtering of one node: spoofed sources, the mark of what came in by the primary VNIC, the metadata
 * guard, the masquerade of what is sent on by a VNIC, and the optional translation to the primary address.
 * @throws RangeError naming the setting or fact that cannot stand in a rule.
 */
export function planFilter(node: NodeFacts, settings: HostSettings): FilterPlan {
  const facts = filterFacts(node, settings);
  return {
    nftables: nftablesForm(facts),
    iptables: { inet: iptablesForm(facts, 'inet'), inet6: iptablesForm(facts, 'inet6') },
  };
}
