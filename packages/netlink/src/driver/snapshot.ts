/** Reading a namespace: what a scope asks for, and no more, through the kernel's own filters. */
import { constants } from 'node:os';
import { canonicalAddressSpec, canonicalRoute, canonicalRule } from '../canonical.ts';
import { decodeAddress, encodeAddressDump, RTM_NEWADDR } from '../codec/address.ts';
import { decodeLink, encodeLinkDump, encodeLinkGet, RTM_NEWLINK } from '../codec/link.ts';
import type { Message, Request } from '../codec/message.ts';
import { decodeNeighbour, encodeNeighbourDump, RTM_NEWNEIGH } from '../codec/neighbour.ts';
import { decodeRoute, encodeRouteDump, type RouteFilter, RTM_NEWROUTE } from '../codec/route.ts';
import { decodeRule, encodeRuleDump, RTM_NEWRULE } from '../codec/rule.ts';
import type { SnapshotScope } from '../namespace.ts';
import type {
  ActualState,
  AddressSpec,
  LinkFact,
  NeighbourSpec,
  RouteSpec,
  RuleSpec,
} from '../state.ts';
import { type Connection, DumpError } from './connection.ts';

const families = ['inet', 'inet6'] as const;
const { ENODEV, ENOENT, EAFNOSUPPORT, EOPNOTSUPP } = constants.errno;
/** No such table or link, or a kernel without IPv6: there is nothing, then. */
const empty = new Set([ENODEV, ENOENT, EAFNOSUPPORT, EOPNOTSUPP]);

/** Everything of a type that the requests report. */
async function dumpAll(
  connection: Connection,
  requests: Request[],
  type: number,
): Promise<Message[]> {
  const all: Message[] = [];
  for (const request of requests) {
    try {
      all.push(...(await connection.dump(request)));
    } catch (error) {
      if (!(error instanceof DumpError && empty.has(error.errno))) throw error;
    }
  }
  return all.filter((message) => message.type === type);
}

async function readLinks(connection: Connection, scope: SnapshotScope): Promise<LinkFact[]> {
  if (!scope.links) {
    const messages = await dumpAll(connection, [encodeLinkDump()], RTM_NEWLINK);
    return messages.map(({ body }) => decodeLink(body));
  }
  const { replies } = await connection.exchange(scope.links.map(encodeLinkGet));
  const links = [...replies.values()].map(({ body }) => decodeLink(body));
  return [...new Map(links.map((link) => [link.index, link])).values()];
}

/** One dump per link where the scope names links: each is filtered by the kernel. */
function perLink(
  links: readonly LinkFact[],
  scope: SnapshotScope,
  encode: (linkIndex?: number) => Request,
): Request[] {
  return scope.links ? links.map(({ index }) => encode(index)) : [encode()];
}

type Names = ReadonlyMap<number, string>;

async function readAddresses(
  connection: Connection,
  requests: Request[],
  names: Names,
): Promise<AddressSpec[]> {
  const messages = await dumpAll(connection, requests, RTM_NEWADDR);
  return messages.flatMap(({ body }) => {
    const decoded = decodeAddress(body);
    const link = decoded && names.get(decoded.linkIndex);
    return decoded && link ? [canonicalAddressSpec({ link, ...decoded.address })] : [];
  });
}

async function readNeighbours(
  connection: Connection,
  requests: Request[],
  names: Names,
  learned: boolean,
): Promise<NeighbourSpec[]> {
  const messages = await dumpAll(connection, requests, RTM_NEWNEIGH);
  return messages.flatMap(({ body }) => {
    const decoded = decodeNeighbour(body);
    const link = decoded && names.get(decoded.linkIndex);
    if (!decoded || !link || decoded.mac === undefined) return [];
    const { address, mac, permanent } = decoded;
    return learned || permanent ? [{ link, address, mac }] : [];
  });
}

/** The product of what is given: routes must match the tables and the links of the scope. */
function routeFilters(links: readonly LinkFact[], scope: SnapshotScope): RouteFilter[] {
  const tables = scope.tables ?? [undefined];
  const indexes = scope.links ? links.map(({ index }) => index) : [undefined];
  return families.flatMap((family) =>
    tables.flatMap((table) => indexes.map((linkIndex) => ({ family, table, linkIndex }))),
  );
}

async function readRoutes(
  connection: Connection,
  filters: RouteFilter[],
  names: Names,
): Promise<RouteSpec[]> {
  const routes: RouteSpec[] = [];
  for (const filter of filters) {
    const messages = await dumpAll(connection, [encodeRouteDump(filter)], RTM_NEWROUTE);
    for (const { body } of messages) {
      const decoded = decodeRoute(body);
      // An older kernel does not filter by itself.
      if (!decoded || decoded.route.family !== filter.family) continue;
      if (filter.table !== undefined && decoded.route.table !== filter.table) continue;
      if (filter.linkIndex !== undefined && decoded.linkIndex !== filter.linkIndex) continue;
      const link = decoded.linkIndex === undefined ? undefined : names.get(decoded.linkIndex);
      routes.push(canonicalRoute(link === undefined ? decoded.route : { ...decoded.route, link }));
    }
  }
  return routes;
}

async function readRules(
  connection: Connection,
  protocol: number | undefined,
): Promise<RuleSpec[]> {
  const messages = await dumpAll(connection, families.map(encodeRuleDump), RTM_NEWRULE);
  return messages.flatMap(({ body }) => {
    const decoded = decodeRule(body);
    const rule = decoded && canonicalRule(decoded);
    return rule && (protocol === undefined || rule.protocol === protocol) ? [rule] : [];
  });
}

/** Names of links that only routes speak of, where the scope names tables but no links. */
function namesOf(links: readonly LinkFact[]): Names {
  return new Map(links.map(({ index, name }) => [index, name]));
}

/** All but the sysctls. */
export async function readState(
  connection: Connection,
  scope: SnapshotScope,
): Promise<ActualState> {
  const links = await readLinks(connection, scope);
  const names = namesOf(links);
  const addresses = await readAddresses(
    connection,
    perLink(links, scope, encodeAddressDump),
    names,
  );
  const neighbours = await readNeighbours(
    connection,
    perLink(links, scope, encodeNeighbourDump),
    names,
    scope.learnedNeighbours ?? false,
  );
  const routes = await readRoutes(connection, routeFilters(links, scope), names);
  const rules = scope.ruleProtocol === false ? [] : await readRules(connection, scope.ruleProtocol);
  return { links, addresses, routes, rules, neighbours, sysctls: [] };
}
