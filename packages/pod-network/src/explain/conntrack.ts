import { canonicalAddress } from '@vcn-cni/netlink';
import { type Connection, inverse, isTranslated, type Side, sameTuple } from './connection.ts';
import type { Skb } from './skb.ts';
import type { Space } from './space.ts';
import type { Trail } from './trail.ts';

/** nf_conntrack_in: finds the packet's connection or begins one. */
export function track(space: Space, skb: Skb, trail: Trail): void {
  // Over lo a packet keeps what it got on its way out.
  if (skb.connection !== undefined) return;
  if (skb.untracked) {
    skb.state = 'untracked';
    return;
  }
  for (const connection of space.connections) {
    const original = sameTuple(connection.original, skb);
    if (!original && !sameTuple(connection.reply, skb)) continue;
    skb.connection = connection;
    skb.direction = original ? 'original' : 'reply';
    if (!original) connection.replied = true;
    skb.state = connection.replied ? 'established' : 'new';
    const text = `${skb.direction} direction, ${skb.state}${markText(connection)}`;
    trail.step(space.name, 'conntrack', text, skb);
    return;
  }
  skb.state = skb.asked;
  if (skb.asked !== 'new' && skb.asked !== 'established') return;
  const settled = skb.asked === 'established';
  const { source, destination, protocol, sourcePort, destinationPort } = skb;
  const original = { source, destination, protocol, sourcePort, destinationPort };
  skb.connection = {
    original,
    reply: inverse(original),
    mark: 0,
    replied: settled,
    decided: { source: settled, destination: settled },
  };
  skb.direction = 'original';
  space.connections.push(skb.connection);
}

function markText({ mark }: Connection): string {
  return mark === 0 ? '' : `, connection mark 0x${mark.toString(16)}`;
}

/** nf_nat_setup_info: what one side of the connection becomes; nothing is changed in the packet yet. */
export function bind(
  connection: Connection,
  side: Side,
  to: { address?: string | undefined; port?: number | undefined },
): void {
  const { reply } = connection;
  const [address, port] =
    side === 'source'
      ? (['destination', 'destinationPort'] as const)
      : (['source', 'sourcePort'] as const);
  if (to.address !== undefined) reply[address] = canonicalAddress(to.address);
  // An icmp identifier stands for the ports, and is not chosen by rules.
  if (to.port !== undefined && reply.protocol !== 'icmp') reply[port] = to.port;
  connection.decided[side] = true;
}

/** nf_nat_packet: rewrites the packet at the hook of one side, as its connection says. */
export function translate(space: Space, skb: Skb, side: Side, trail: Trail): void {
  const { connection } = skb;
  if (connection === undefined) return;
  const other: Side = side === 'source' ? 'destination' : 'source';
  if (!isTranslated(connection, skb.direction === 'original' ? side : other)) return;
  const wanted = inverse(skb.direction === 'original' ? connection.reply : connection.original);
  const port = `${side}Port` as const;
  if (skb[side] === wanted[side] && skb[port] === wanted[port]) return;
  skb[side] = wanted[side];
  skb[port] = wanted[port];
  const end = skb.protocol === 'icmp' ? skb[side] : `${skb[side]} port ${skb[port]}`;
  trail.step(space.name, 'nat', `${side} becomes ${end}`, skb);
}
