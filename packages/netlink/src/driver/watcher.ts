/** Announcements of changes, as small facts. */
import { canonicalAddressSpec, canonicalRoute, canonicalRule } from '../canonical.ts';
import type { Change } from '../change.ts';
import { decodeAddress, RTM_DELADDR, RTM_NEWADDR } from '../codec/address.ts';
import { decodeLink, RTM_DELLINK, RTM_NEWLINK } from '../codec/link.ts';
import type { Message } from '../codec/message.ts';
import { decodeNeighbour, RTM_DELNEIGH, RTM_NEWNEIGH } from '../codec/neighbour.ts';
import { decodeRoute, RTM_DELROUTE, RTM_NEWROUTE } from '../codec/route.ts';
import { decodeRule, RTM_DELRULE, RTM_NEWRULE } from '../codec/rule.ts';
import { openListener } from './listener.ts';
import { NETLINK_ROUTE } from './socket.ts';

/** linux/rtnetlink.h, enum rtnetlink_groups: link, neigh, and address, route and rule of both families. */
const GROUPS = [1, 3, 5, 7, 8, 9, 11, 19] as const;
const RECEIVE_BYTES = 4 << 20;

/** ifindex to name, as far as announcements and `learn` have told it. */
class LinkNames {
  readonly #names = new Map<number, string>();

  of(index: number): string {
    return this.#names.get(index) ?? `#${index}`;
  }

  learn(index: number, name: string): void {
    this.#names.set(index, name);
  }

  /** Addresses and routes of a link are announced before its end: the name is not needed any more. */
  forget(index: number): void {
    this.#names.delete(index);
  }
}

function linkChange({ type, body }: Message, names: LinkNames): Change | undefined {
  // Other families report bridge ports and IPv6 settings under the same type.
  if (body[0] !== 0) return undefined;
  const link = decodeLink(body);
  const event = type === RTM_NEWLINK ? 'new' : 'gone';
  if (event === 'new') names.learn(link.index, link.name);
  else names.forget(link.index);
  return { kind: 'link', event, link };
}

function addressChange({ type, body }: Message, names: LinkNames): Change | undefined {
  const decoded = decodeAddress(body);
  if (!decoded) return undefined;
  const { linkIndex } = decoded;
  const address = canonicalAddressSpec({ link: names.of(linkIndex), ...decoded.address });
  const event = type === RTM_NEWADDR ? 'new' : 'gone';
  return { kind: 'address', event, linkIndex, address };
}

function routeChange({ type, body }: Message, names: LinkNames): Change | undefined {
  const decoded = decodeRoute(body);
  if (!decoded) return undefined;
  const { linkIndex } = decoded;
  const event = type === RTM_NEWROUTE ? 'new' : 'gone';
  if (linkIndex === undefined)
    return { kind: 'route', event, route: canonicalRoute(decoded.route) };
  const route = canonicalRoute({ ...decoded.route, link: names.of(linkIndex) });
  return { kind: 'route', event, route, linkIndex };
}

function ruleChange({ type, body }: Message): Change | undefined {
  const decoded = decodeRule(body);
  if (!decoded) return undefined;
  return {
    kind: 'rule',
    event: type === RTM_NEWRULE ? 'new' : 'gone',
    rule: canonicalRule(decoded),
  };
}

function neighbourChange({ type, body }: Message, names: LinkNames): Change | undefined {
  const decoded = decodeNeighbour(body);
  if (!decoded) return undefined;
  const { linkIndex, permanent, ...entry } = decoded;
  const event = type === RTM_NEWNEIGH ? 'new' : 'gone';
  if (event === 'new' && entry.mac === undefined) return undefined;
  const neighbour = { link: names.of(linkIndex), ...entry };
  return { kind: 'neighbour', event, linkIndex, neighbour, permanent };
}

function decodeChange(message: Message, names: LinkNames): Change | undefined {
  switch (message.type) {
    case RTM_NEWLINK:
    case RTM_DELLINK:
      return linkChange(message, names);
    case RTM_NEWADDR:
    case RTM_DELADDR:
      return addressChange(message, names);
    case RTM_NEWROUTE:
    case RTM_DELROUTE:
      return routeChange(message, names);
    case RTM_NEWRULE:
    case RTM_DELRULE:
      return ruleChange(message);
    case RTM_NEWNEIGH:
    case RTM_DELNEIGH:
      return neighbourChange(message, names);
    default:
      return undefined;
  }
}

export interface Watcher extends Disposable {
  /** Tells the name of a link that was there before. */
  learn(index: number, name: string): void;
}

/** Opens in the namespace of the calling thread. */
export function openWatcher(
  listener: (change: Change) => void,
  receiveBytes = RECEIVE_BYTES,
): Watcher {
  const names = new LinkNames();
  const open = openListener({
    protocol: NETLINK_ROUTE,
    groups: GROUPS,
    receiveBytes,
    heard(messages) {
      for (const message of messages) {
        const change = decodeChange(message, names);
        if (change) listener(change);
      }
    },
    overrun: () => listener({ kind: 'overrun' }),
  });
  return {
    learn: (index, name) => names.learn(index, name),
    [Symbol.dispose]: () => open[Symbol.dispose](),
  };
}
