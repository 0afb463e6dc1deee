import type { Side } from '../connection.ts';
import type { Skb } from '../skb.ts';
import type { Space } from '../space.ts';
import type { Trail } from '../trail.ts';

export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

/** What a chain or a hook says of a packet: undefined to go on, or why its way ends here. */
export type HookVerdict = { drop: string } | undefined;

/** A packet at one hook. */
export interface Visit {
  space: Space;
  hook: Hook;
  skb: Skb;
  trail: Trail;
}

/** A packet in one table's rules. */
export interface TableVisit extends Visit {
  /** As steps name it: `iptables nat`, `nftables inet vcn-cni`. */
  table: string;
  /** The side that rules of a nat chain decide at this hook. */
  side?: Side;
}
