import type { Family, RouteSpec } from '@vcn-cni/netlink';
import type { Connection, Direction, Tuple } from './connection.ts';
import type { ConnectionState, Flow } from './packet.ts';

/** A packet under way in one namespace; the steps change it in place, as the kernel does. */
export interface Skb extends Tuple {
  family: Family;
  mark: number;
  /** Interface by which it came in; absent in the output path. */
  iif?: string;
  /** Interface by which it will leave, once routed. */
  oif?: string;
  /** By which it will leave; MASQUERADE looks at it. */
  route?: RouteSpec;
  /** Absent until conntrack saw it, and for what is untracked. */
  connection?: Connection;
  direction: Direction;
  state: ConnectionState;
  /** What conntrack says of a connection that it has not met. */
  asked: ConnectionState;
  /** Set by `NOTRACK` before conntrack. */
  untracked: boolean;
  /** An answer on its way back. */
  answer: boolean;
  /** Of the sending socket, while in the output path of its own namespace. */
  owner?: { uid?: number; gid?: number };
}

export function flowOf(skb: Skb): Flow {
  const { source, destination, protocol, sourcePort, destinationPort, mark } = skb;
  return { source, destination, protocol, sourcePort, destinationPort, mark };
}
