/** RTM_NEWROUTE, DELROUTE, GETROUTE. linux/rtnetlink.h */
import { formatIp, parseAddress, parsePrefix } from '../inet.ts';
import type { Family, RouteSpec } from '../state.ts';
import { BodyWriter, decodeAttributes, u32Of } from './attributes.ts';
import { familyName, familyNumber, scopeName, scopes } from './family.ts';
import { NLM_F_CREATE, NLM_F_DUMP, NLM_F_REPLACE, type Request } from './message.ts';

export const RTM_NEWROUTE = 24;
export const RTM_DELROUTE = 25;
const RTM_GETROUTE = 26;

const RTA = {
  destination: 1,
  link: 4,
  gateway: 5,
  priority: 6,
  source: 7,
  metrics: 8,
  table: 15,
} as const;
const RTAX_MTU = 2;
const RTNH_F_ONLINK = 4;
const RTM_F_CLONED = 0x200;
const RT_TABLE_COMPAT = 252;

const types = {
  unicast: 1,
  local: 2,
  blackhole: 6,
  unreachable: 7,
  prohibit: 8,
  throw: 9,
} as const;

function typeName(number: number): RouteSpec['type'] {
  return (Object.keys(types) as (keyof typeof types)[]).find((name) => types[name] === number);
}

interface RouteHeader {
  family: Family;
  length: number;
  table: number;
  protocol: number;
  scope: number;
  type: number;
  flags: number;
}

/** struct rtmsg; a table above 255 goes by RTA_TABLE alone. */
function routeHeader(header: RouteHeader): BodyWriter {
  const writer = new BodyWriter().u8(familyNumber(header.family)).u8(header.length).u8(0).u8(0);
  writer.u8(header.table > 255 ? RT_TABLE_COMPAT : header.table);
  writer.u8(header.protocol).u8(header.scope).u8(header.type).u32(header.flags);
  return writer.attributeU32(RTA.table, header.table);
}

function encode(
  route: RouteSpec,
  linkIndex: number | undefined,
  scope: number,
  type: number,
): BodyWriter {
  const { bytes, length } = parsePrefix(route.destination);
  const writer = routeHeader({
    family: route.family,
    length,
    table: route.table ?? 254,
    protocol: route.protocol ?? 0,
    scope,
    type,
    flags: route.onlink ? RTNH_F_ONLINK : 0,
  });
  if (length > 0) writer.attribute(RTA.destination, bytes);
  if (linkIndex !== undefined) writer.attributeU32(RTA.link, linkIndex);
  if (route.gateway !== undefined) writer.attribute(RTA.gateway, parseAddress(route.gateway));
  if (route.priority !== undefined) writer.attributeU32(RTA.priority, route.priority);
  return writer;
}

/** `route` canonical, so that nothing is left to the kernel's defaults. */
export function encodeRoutePut(
  route: RouteSpec,
  linkIndex: number | undefined,
  replace: boolean,
): Request {
  const scope = scopes[route.scope ?? 'global'];
  const writer = encode(route, linkIndex, scope, types[route.type ?? 'unicast']);
  if (route.source !== undefined) writer.attribute(RTA.source, parseAddress(route.source));
  const mtu = route.mtu;
  if (mtu !== undefined) {
    writer.nest(RTA.metrics, (metrics) => metrics.attributeU32(RTAX_MTU, mtu));
  }
  const flags = NLM_F_CREATE | (replace ? NLM_F_REPLACE : 0);
  return { type: RTM_NEWROUTE, flags, body: writer.body() };
}

/** Deletes what has every property given; of an absent one the kernel takes any. */
export function encodeRouteDelete(route: RouteSpec, linkIndex: number | undefined): Request {
  const type = route.type === undefined ? 0 : types[route.type];
  const writer = encode(route, linkIndex, scopes.nowhere, type);
  return { type: RTM_DELROUTE, flags: 0, body: writer.body() };
}

export interface RouteFilter {
  family: Family;
  table?: number | undefined;
  linkIndex?: number | undefined;
}

/** The filter works with strict checking; older kernels dump everything. */
export function encodeRouteDump(filter: RouteFilter): Request {
  const writer = new BodyWriter().u8(familyNumber(filter.family)).u8(0).u8(0).u8(0);
  writer.u32(0).u32(0);
  if (filter.table !== undefined) writer.attributeU32(RTA.table, filter.table);
  if (filter.linkIndex !== undefined) writer.attributeU32(RTA.link, filter.linkIndex);
  return { type: RTM_GETROUTE, flags: NLM_F_DUMP, body: writer.body() };
}

export interface DecodedRoute {
  linkIndex?: number;
  /** Without the name of its link. */
  route: RouteSpec;
}

/** `undefined` for what the model cannot say: cached, multicast and type-of-service routes. */
export function decodeRoute(body: Buffer): DecodedRoute | undefined {
  const family = familyName(body[0]!);
  const type = typeName(body[7]!);
  const flags = body.readUInt32LE(8);
  if (!family || !type || body[3] !== 0 || flags & RTM_F_CLONED) return undefined;
  const attributes = decodeAttributes(body, 12);
  const destination = attributes.get(RTA.destination) ?? Buffer.alloc(family === 'inet' ? 4 : 16);
  const gateway = attributes.get(RTA.gateway);
  const source = attributes.get(RTA.source);
  const metrics = attributes.get(RTA.metrics);
  const mtu = metrics && u32Of(decodeAttributes(metrics).get(RTAX_MTU));
  const linkIndex = u32Of(attributes.get(RTA.link));
  const route: RouteSpec = {
    family,
    destination: `${formatIp(destination)}/${body[1]}`,
    table: u32Of(attributes.get(RTA.table)) ?? body[4]!,
    type,
    ...(gateway ? { gateway: formatIp(gateway) } : {}),
    ...(flags & RTNH_F_ONLINK ? { onlink: true } : {}),
    ...(source ? { source: formatIp(source) } : {}),
    scope: scopeName(body[6]!) ?? 'global',
    priority: u32Of(attributes.get(RTA.priority)) ?? 0,
    protocol: body[5]!,
    ...(mtu ? { mtu } : {}),
  };
  return linkIndex === undefined ? { route } : { linkIndex, route };
}
