/** What link operations do to a state. */
import { afterLinkDown, afterLinkGone, afterMacChange } from './cascade.ts';
import { checkLink } from './check-link.ts';
import type { Model } from './model.ts';
import { Refusal } from './refusal.ts';
import type { LinkFact, LinkSpec, OffloadLimits, Operation, VethPeer } from './state.ts';

const DEFAULT_MTU = 1500;

export function nextIndex(model: Model): number {
  return Math.max(1, ...[...model.links.values()].map(({ index }) => index)) + 1;
}

/** Locally administered, and a function of the index, so that a fake's links have one too. */
function derivedMac(index: number): string {
  const hex = (index >>> 0).toString(16).padStart(8, '0');
  return `02:00:${hex.match(/../g)!.join(':')}`;
}

function limitsOf(link: OffloadLimits): OffloadLimits {
  const { gsoMaxSize, groMaxSize, gsoIpv4MaxSize, groIpv4MaxSize } = link;
  const limits = { gsoMaxSize, groMaxSize, gsoIpv4MaxSize, groIpv4MaxSize };
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

/** An end of a veth pair that was made from the other namespace. */
export function addPeerEnd(
  model: Model,
  peer: VethPeer,
  ends: { index: number; peerIndex: number; peerNamespaceId?: number },
): void {
  if (model.links.has(peer.name)) throw new Refusal('EEXIST', `a link "${peer.name}" exists`);
  model.links.set(peer.name, {
    name: peer.name,
    kind: 'veth',
    mac: peer.mac?.toLowerCase() ?? derivedMac(ends.index),
    mtu: peer.mtu ?? DEFAULT_MTU,
    up: false,
    running: false,
    group: 0,
    ...ends,
  });
}

function parentOf(model: Model, link: LinkSpec): { peerIndex?: number } {
  if (link.parent === undefined) return {};
  const parent = model.links.get(link.parent);
  if (!parent) throw new Refusal('ENODEV', `there is no link "${link.parent}"`);
  return { peerIndex: parent.index };
}

export function createLink(model: Model, link: LinkSpec): void {
  checkLink(link);
  if (model.links.has(link.name)) throw new Refusal('EEXIST', `a link "${link.name}" exists`);
  if (!link.kind)
    throw new Refusal('EINVAL', `link "${link.name}" has no kind: it cannot be created`);
  const index = nextIndex(model);
  const peer = link.kind === 'veth' ? link.peer : undefined;
  const elsewhere = peer?.namespace !== undefined;
  if (peer && !elsewhere) addPeerEnd(model, peer, { index: index + 1, peerIndex: index });
  model.links.set(link.name, {
    name: link.name,
    index,
    kind: link.kind,
    mac: link.mac?.toLowerCase() ?? derivedMac(index),
    mtu: link.mtu ?? DEFAULT_MTU,
    up: false,
    running: false,
    ...(link.alias ? { alias: link.alias } : {}),
    group: link.group ?? 0,
    ...parentOf(model, link),
    ...(peer ? { peerIndex: index + 1 } : {}),
    ...(elsewhere ? { peerNamespaceId: 0 } : {}),
    ...(link.vlanId === undefined ? {} : { vlanId: link.vlanId }),
    ...(link.kind === 'macvlan' ? { macvlanMode: link.macvlanMode ?? 'bridge' } : {}),
    ...limitsOf(link),
  });
  if (link.up) setLink(model, { name: link.name, up: true });
}

/** Carrier: a veth end runs when both are up; others when they are up. */
function settleCarrier(model: Model): void {
  const byIndex = new Map([...model.links.values()].map((link) => [link.index, link]));
  for (const [name, link] of model.links) {
    const other =
      link.peerNamespaceId === undefined ? byIndex.get(link.peerIndex ?? -1) : undefined;
    const running = link.up && (link.kind !== 'veth' || (other?.up ?? true));
    if (running !== link.running) model.links.set(name, { ...link, running });
  }
}

export function setLink(model: Model, link: LinkSpec): void {
  const fact = model.links.get(link.name);
  if (!fact) throw new Refusal('ENODEV', `there is no link "${link.name}"`);
  const { alias: before, ...rest } = fact;
  const alias = link.alias ?? before;
  const changed: LinkFact = {
    ...rest,
    ...(link.mac === undefined ? {} : { mac: link.mac.toLowerCase() }),
    ...(link.mtu === undefined ? {} : { mtu: link.mtu }),
    ...(link.group === undefined ? {} : { group: link.group }),
    ...(link.up === undefined ? {} : { up: link.up }),
    ...(alias ? { alias } : {}),
    ...limitsOf(link),
  };
  model.links.set(link.name, changed);
  settleCarrier(model);
  if (changed.mac !== fact.mac) afterMacChange(model, link.name);
  if (fact.up && !changed.up) afterLinkDown(model, link.name);
}

export function removeLink(model: Model, name: string): void {
  const gone = model.links.get(name);
  if (!gone) return;
  model.links.delete(name);
  afterLinkGone(model, name);
  for (const [other, link] of [...model.links]) {
    // The far end of a pair, or what stands on this link.
    if (link.peerIndex === gone.index && link.peerNamespaceId === undefined)
      removeLink(model, other);
  }
  settleCarrier(model);
}

export function deleteLink(
  model: Model,
  operation: Extract<Operation, { op: 'link.delete' }>,
): void {
  const { name, index, alias } = operation;
  const links = [...model.links.values()];
  const fact =
    index === undefined ? model.links.get(name) : links.find((one) => one.index === index);
  if (!fact) return;
  if (alias !== undefined && fact.alias !== alias) {
    throw new Refusal('EPERM', 'the link has another alias than expected: it is not touched');
  }
  removeLink(model, fact.name);
}
