/** Differences of links. */
import type { LinkFact, LinkSpec, Operation } from './state.ts';

/** What cannot be changed in place. */
export function isAnotherKind(fact: LinkFact, wanted: LinkSpec): boolean {
  if (wanted.kind === undefined) return false;
  if (fact.kind !== wanted.kind) return true;
  if (wanted.vlanId !== undefined && fact.vlanId !== wanted.vlanId) return true;
  return wanted.macvlanMode !== undefined && fact.macvlanMode !== wanted.macvlanMode;
}

const limits = ['gsoMaxSize', 'groMaxSize', 'gsoIpv4MaxSize', 'groIpv4MaxSize'] as const;

/** The fields that are asked for and differ, but not `up`. */
export function changedFields(fact: LinkFact, wanted: LinkSpec): Partial<LinkSpec> {
  const changed: Partial<LinkSpec> = {};
  if (wanted.mac !== undefined && wanted.mac.toLowerCase() !== fact.mac) changed.mac = wanted.mac;
  if (wanted.mtu !== undefined && wanted.mtu !== fact.mtu) changed.mtu = wanted.mtu;
  if (wanted.group !== undefined && wanted.group !== fact.group) changed.group = wanted.group;
  if (wanted.alias !== undefined && wanted.alias !== (fact.alias ?? ''))
    changed.alias = wanted.alias;
  for (const name of limits) {
    const value = wanted[name];
    // A kernel that does not report a limit does not know it.
    if (value !== undefined && fact[name] !== undefined && value !== fact[name])
      changed[name] = value;
  }
  return changed;
}

/** Lower links first, so that each finds its parent. */
export function parentsFirst(links: readonly LinkSpec[]): LinkSpec[] {
  const byName = new Map(links.map((link) => [link.name, link]));
  const ordered = new Map<string, LinkSpec>();
  const visit = (link: LinkSpec, above: ReadonlySet<string>): void => {
    const parent = link.parent === undefined ? undefined : byName.get(link.parent);
    if (parent && !above.has(parent.name)) visit(parent, new Set([...above, link.name]));
    ordered.set(link.name, link);
  };
  for (const link of links) visit(link, new Set());
  return [...ordered.values()];
}

export function deletionOf({ name, index, alias }: LinkFact): Operation {
  return { op: 'link.delete', name, index, ...(alias === undefined ? {} : { alias }) };
}
