import type { Protocol } from './packet.ts';

/** What identifies one direction of a connection; for icmp the ports are 0. */
export interface Tuple {
  source: string;
  destination: string;
  protocol: Protocol;
  sourcePort: number;
  destinationPort: number;
}

/** A conntrack entry: `reply` is what an answer looks like on the wire, so NAT is the difference of the two. */
export interface Connection {
  original: Tuple;
  reply: Tuple;
  mark: number;
  /** An answer was seen: the connection is established. */
  replied: boolean;
  /** Whether each side was decided, be it for no translation (IPS_SRC_NAT_DONE, IPS_DST_NAT_DONE). */
  decided: { source: boolean; destination: boolean };
}

export type Direction = 'original' | 'reply';
export type Side = 'source' | 'destination';

export function inverse(tuple: Tuple): Tuple {
  return {
    source: tuple.destination,
    destination: tuple.source,
    protocol: tuple.protocol,
    sourcePort: tuple.destinationPort,
    destinationPort: tuple.sourcePort,
  };
}

export function sameTuple(one: Tuple, other: Tuple): boolean {
  return (
    one.source === other.source &&
    one.destination === other.destination &&
    one.protocol === other.protocol &&
    one.sourcePort === other.sourcePort &&
    one.destinationPort === other.destinationPort
  );
}

/** IPS_SRC_NAT, IPS_DST_NAT: whether packets of the original direction get another source or destination. */
export function isTranslated({ original, reply }: Connection, side: Side): boolean {
  return side === 'source'
    ? original.source !== reply.destination || original.sourcePort !== reply.destinationPort
    : original.destination !== reply.source || original.destinationPort !== reply.sourcePort;
}
