import { isLinkLocal } from '../address.ts';
import { bind } from '../conntrack.ts';
import { linkSource } from '../routing/source-address.ts';
import { addressesOf } from '../space.ts';
import type { TableVisit } from './visit.ts';

/** nf_nat_masquerade: the source becomes the address of the interface by which the packet leaves. */
export function masquerade(at: TableVisit, port: number | undefined): { drop: string } | undefined {
  const { space, skb } = at;
  if (skb.connection === undefined || skb.oif === undefined) return undefined;
  const nextHop = skb.route?.gateway ?? skb.destination;
  const address = linkSource(space, skb.family, skb.oif, nextHop, skb.destination);
  if (address === undefined) return { drop: `masquerade: ${skb.oif} has no address to take` };
  bind(skb.connection, 'source', { address, port });
  return undefined;
}

/** nf_nat_redirect: to this node itself, by the first address of the interface it came in by. */
export function redirect(at: TableVisit, port: number | undefined): { drop: string } | undefined {
  const { space, skb, hook } = at;
  if (skb.connection === undefined) return undefined;
  const localhost = skb.family === 'inet' ? '127.0.0.1' : '::1';
  const address = hook === 'output' ? localhost : firstAddress(at);
  if (address === undefined)
    return { drop: `redirect: ${skb.iif} of ${space.name} has no address` };
  bind(skb.connection, 'destination', { address, port });
  return undefined;
}

function firstAddress({ space, skb }: TableVisit): string | undefined {
  const own = addressesOf(space, skb.family, skb.iif);
  const wide = own.find(({ address }) => !isLinkLocal(address)) ?? own[0];
  return skb.family === 'inet' ? own[0]?.address : wide?.address;
}
