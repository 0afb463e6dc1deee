/** An operation as the requests that do it. */
import {
  canonicalAddressSpec,
  canonicalNeighbour,
  canonicalRoute,
  canonicalRule,
} from '../canonical.ts';
import { encodeAddressDelete, encodeAddressPut } from '../codec/address.ts';
import {
  encodeLinkCreate,
  encodeLinkLimits,
  encodeLinkSet,
  type LinkPlacement,
} from '../codec/link.ts';
import type { Request } from '../codec/message.ts';
import { encodeNeighbourDelete, encodeNeighbourPut } from '../codec/neighbour.ts';
import { encodeRouteDelete, encodeRoutePut } from '../codec/route.ts';
import { encodeRuleDelete, encodeRulePut } from '../codec/rule.ts';
import { isPerLink } from '../keys.ts';
import type { LinkSpec, Operation, RouteSpec } from '../state.ts';
import { existing, missing, nothing, unsupported } from './errno.ts';

/** A request, and the answers to it that are no failure. */
export interface Step {
  request: Request;
  tolerated: ReadonlySet<number>;
}

export interface Surroundings {
  /** ifindex of a link by name. `undefined`: there is no such link. */
  index(name: string): number | undefined;
  placement(link: LinkSpec): LinkPlacement;
}

/** What goes through netlink in a batch; sysctls are files, and deleting a link waits elsewhere. */
export type BatchOperation = Exclude<Operation, { op: 'sysctl.set' | 'link.delete' }>;

/** The operation speaks of a link that does not exist. */
export class NoLink extends Error {
  readonly link: string;

  constructor(link: string) {
    super(`there is no link "${link}" in this namespace`);
    this.name = 'NoLink';
    this.link = link;
  }
}

/** Names of the links that the operation needs the index of. */
export function linksNeeded(operation: BatchOperation): string[] {
  switch (operation.op) {
    case 'link.create':
      return operation.link.parent === undefined ? [] : [operation.link.parent];
    case 'address.put':
    case 'address.delete':
      return [operation.address.link];
    case 'route.put':
    case 'route.delete':
      return operation.route.link === undefined ? [] : [operation.route.link];
    case 'neighbour.put':
    case 'neighbour.delete':
      return [operation.neighbour.link];
    default:
      return [];
  }
}

const put = (request: Request): Step[] => [{ request, tolerated: nothing }];
const remove = (request: Request): Step[] => [{ request, tolerated: missing }];

function createLink(link: LinkSpec, surroundings: Surroundings): Step[] {
  const placement = surroundings.placement(link);
  // By index, never by name: where the name was taken, what follows must miss the other's link.
  const target = { index: placement.index };
  const steps = put(encodeLinkCreate(link, placement));
  if (link.alias !== undefined || link.up) {
    const { alias, up } = link;
    const later = { ...(alias === undefined ? {} : { alias }), ...(up ? { up } : {}) };
    steps.push(...put(encodeLinkSet(later, target)));
  }
  return [...steps, ...limitSteps(link, target)];
}

function limitSteps(link: LinkSpec, target: { index: number } | { name: string }): Step[] {
  return encodeLinkLimits(link, target).map((request) => ({ request, tolerated: unsupported }));
}

function setLink(link: LinkSpec, created: number | undefined): Step[] {
  const target = created === undefined ? { name: link.name } : { index: created };
  return [...put(encodeLinkSet(link, target)), ...limitSteps(link, target)];
}

function need(name: string, surroundings: Surroundings): number {
  const index = surroundings.index(name);
  if (index === undefined) throw new NoLink(name);
  return index;
}

function routeLink(route: RouteSpec, surroundings: Surroundings): number | undefined {
  return route.link === undefined ? undefined : need(route.link, surroundings);
}

function putRoute(spec: RouteSpec, surroundings: Surroundings): Step[] {
  const route = canonicalRoute(spec);
  // Replacing among the routes that every link has would take another link's.
  const replace = !isPerLink(route.destination);
  const request = encodeRoutePut(route, routeLink(route, surroundings), replace);
  return [{ request, tolerated: replace ? nothing : existing }];
}

/** Absent properties stay absent: the kernel then takes any. */
function deleteRoute(spec: RouteSpec, surroundings: Surroundings): Step[] {
  const route = canonicalRoute(spec);
  const { table, destination, priority, link, gateway } = route;
  const exact: RouteSpec = {
    family: spec.family,
    destination,
    ...(table === undefined ? {} : { table }),
    ...(priority === undefined ? {} : { priority }),
    ...(link === undefined ? {} : { link }),
    ...(gateway === undefined ? {} : { gateway }),
    ...(spec.type === undefined ? {} : { type: spec.type }),
    ...(spec.protocol === undefined ? {} : { protocol: spec.protocol }),
  };
  return remove(encodeRouteDelete(exact, routeLink(exact, surroundings)));
}

/**
 * @throws TypeError naming field and value of what cannot be encoded
 * @throws NoLink
 */
export function encodeOperation(
  operation: BatchOperation,
  surroundings: Surroundings,
  created: ReadonlyMap<string, number>,
): Step[] {
  switch (operation.op) {
    case 'link.create':
      return createLink(operation.link, surroundings);
    case 'link.set':
      return setLink(operation.link, created.get(operation.link.name));
    case 'address.put': {
      const address = canonicalAddressSpec(operation.address);
      return put(encodeAddressPut(address, need(address.link, surroundings)));
    }
    case 'address.delete': {
      const address = canonicalAddressSpec(operation.address);
      return remove(encodeAddressDelete(address, need(address.link, surroundings)));
    }
    case 'route.put':
      return putRoute(operation.route, surroundings);
    case 'route.delete':
      return deleteRoute(operation.route, surroundings);
    case 'rule.put':
      return [{ request: encodeRulePut(canonicalRule(operation.rule)), tolerated: existing }];
    case 'rule.delete':
      return remove(encodeRuleDelete(canonicalRule(operation.rule)));
    case 'neighbour.put': {
      const neighbour = canonicalNeighbour(operation.neighbour);
      return put(encodeNeighbourPut(neighbour, need(neighbour.link, surroundings)));
    }
    case 'neighbour.delete': {
      const neighbour = canonicalNeighbour(operation.neighbour);
      return remove(encodeNeighbourDelete(neighbour, need(neighbour.link, surroundings)));
    }
  }
}
