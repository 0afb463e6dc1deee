/** Chains and rules of ours in one family as plain data (iptables(8)). */
export type TableName = 'raw' | 'mangle' | 'nat' | 'filter';

/** A chain that we own whole: rendered whole, replaced whole. */
export interface OwnedChain {
  table: TableName;
  name: string;
  /** Arguments of `-A CHAIN`, as iptables-save prints them: `-i oci+ -m rpfilter --invert -j DROP`. */
  rules: string[];
}

/** Our one jump from a built-in chain. Nothing else in a chain that is not ours is ever touched. */
export interface Jump {
  table: TableName;
  from: 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';
  to: string;
  /** Where the jump must stand among foreign rules. */
  position: 'first' | 'last';
}

export interface Ruleset {
  chains: OwnedChain[];
  jumps: Jump[];
}
