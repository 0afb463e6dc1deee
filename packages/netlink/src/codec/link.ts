/** RTM_NEWLINK, SETLINK, DELLINK, GETLINK. linux/if_link.h */
import { formatMac, parseMac } from '../mac.ts';
import type { LinkFact, LinkSpec, OffloadLimits, VethPeer } from '../state.ts';
import { type Attributes, BodyWriter, decodeAttributes, textOf, u32Of } from './attributes.ts';
import { NLM_F_CREATE, NLM_F_DUMP, NLM_F_EXCL, type Request } from './message.ts';

export const RTM_NEWLINK = 16;
export const RTM_DELLINK = 17;
const RTM_GETLINK = 18;
const RTM_SETLINK = 19;

const IFF_UP = 1;
const IFF_LOWER_UP = 0x10000;
const IFLA = {
  address: 1,
  name: 3,
  mtu: 4,
  link: 5,
  linkInfo: 18,
  alias: 20,
  group: 27,
  netNsFd: 28,
  extMask: 29,
  linkNetNsId: 37,
} as const;
const IFLA_INFO = { kind: 1, data: 2 } as const;
const VETH_INFO_PEER = 1;
const IFLA_MACVLAN_MODE = 1;
const IFLA_VLAN_ID = 1;
/** Statistics are most of a link message; nobody here reads them. */
const RTEXT_FILTER_SKIP_STATS = 8;

const macvlanModes = { private: 1, vepa: 2, bridge: 4, passthru: 8, source: 16 } as const;

const limitTypes = {
  gsoMaxSize: 41,
  groMaxSize: 58,
  gsoIpv4MaxSize: 63,
  groIpv4MaxSize: 64,
} as const;
const limitNames = Object.keys(limitTypes) as (keyof OffloadLimits)[];

/** Where a new link is to be: numbers chosen by the caller, descriptors of namespaces. */
export interface LinkPlacement {
  index: number;
  peerIndex: number;
  /** Descriptor of the peer's namespace; absent: the same one. */
  peerNamespace?: number;
  parentIndex?: number;
}

/** struct ifinfomsg */
function linkHeader(writer: BodyWriter, index: number, flags = 0, change = 0): BodyWriter {
  return writer.u32(0).u32(index).u32(flags).u32(change);
}

function writeBasics(writer: BodyWriter, link: Pick<LinkSpec, 'name' | 'mac' | 'mtu'>): void {
  writer.attributeText(IFLA.name, link.name);
  if (link.mac !== undefined) writer.attribute(IFLA.address, parseMac(link.mac));
  if (link.mtu !== undefined) writer.attributeU32(IFLA.mtu, link.mtu);
}

function writePeer(writer: BodyWriter, peer: VethPeer, placement: LinkPlacement): void {
  linkHeader(writer, placement.peerIndex);
  writeBasics(writer, peer);
  if (placement.peerNamespace !== undefined) {
    writer.attributeU32(IFLA.netNsFd, placement.peerNamespace);
  }
}

function writeKindData(writer: BodyWriter, link: LinkSpec, placement: LinkPlacement): void {
  const peer = link.peer;
  if (link.kind === 'veth' && peer) {
    writer.nest(VETH_INFO_PEER, (inner) => writePeer(inner, peer, placement));
  }
  if (link.kind === 'macvlan') {
    writer.attributeU32(IFLA_MACVLAN_MODE, macvlanModes[link.macvlanMode ?? 'bridge']);
  }
  if (link.kind === 'vlan') writer.attributeU16(IFLA_VLAN_ID, link.vlanId ?? 0);
}

/** Makes a link that must not exist yet, at the index given. */
export function encodeLinkCreate(link: LinkSpec, placement: LinkPlacement): Request {
  const writer = linkHeader(new BodyWriter(), placement.index);
  writeBasics(writer, link);
  if (link.group !== undefined) writer.attributeU32(IFLA.group, link.group);
  if (placement.parentIndex !== undefined) writer.attributeU32(IFLA.link, placement.parentIndex);
  writer.nest(IFLA.linkInfo, (info) => {
    info.attributeText(IFLA_INFO.kind, link.kind ?? '');
    info.nest(IFLA_INFO.data, (data) => writeKindData(data, link, placement));
  });
  return { type: RTM_NEWLINK, flags: NLM_F_CREATE | NLM_F_EXCL, body: writer.body() };
}

/** By index, or by name where the index is not known; only the fields present are changed. */
export function encodeLinkSet(
  link: Partial<LinkSpec>,
  target: { index: number } | { name: string },
): Request {
  const up = link.up === undefined ? 0 : IFF_UP;
  const index = 'index' in target ? target.index : 0;
  const writer = linkHeader(new BodyWriter(), index, link.up ? IFF_UP : 0, up);
  if ('name' in target) writer.attributeText(IFLA.name, target.name);
  if (link.mac !== undefined) writer.attribute(IFLA.address, parseMac(link.mac));
  if (link.mtu !== undefined) writer.attributeU32(IFLA.mtu, link.mtu);
  if (link.group !== undefined) writer.attributeU32(IFLA.group, link.group);
  // An empty attribute takes the alias away (rtnetlink: nla_len 0).
  if (link.alias !== undefined) writer.attribute(IFLA.alias, Buffer.from(link.alias));
  return { type: RTM_SETLINK, flags: 0, body: writer.body() };
}

/** One request for each limit, since a kernel may know some of them. */
export function encodeLinkLimits(
  link: OffloadLimits,
  target: { index: number } | { name: string },
): Request[] {
  return limitNames.flatMap((name) => {
    const value = link[name];
    if (value === undefined) return [];
    const writer = linkHeader(new BodyWriter(), 'index' in target ? target.index : 0);
    if ('name' in target) writer.attributeText(IFLA.name, target.name);
    writer.attributeU32(limitTypes[name], value);
    return [{ type: RTM_SETLINK, flags: 0, body: writer.body() }];
  });
}

export function encodeLinkDelete(index: number): Request {
  return { type: RTM_DELLINK, flags: 0, body: linkHeader(new BodyWriter(), index).body() };
}

/** Every link of the group at once, for one RCU barrier. */
export function encodeGroupDelete(group: number): Request {
  const writer = linkHeader(new BodyWriter(), 0).attributeU32(IFLA.group, group);
  return { type: RTM_DELLINK, flags: 0, body: writer.body() };
}

export function encodeLinkGet(link: string | number): Request {
  const writer = linkHeader(new BodyWriter(), typeof link === 'number' ? link : 0);
  writer.attributeU32(IFLA.extMask, RTEXT_FILTER_SKIP_STATS);
  if (typeof link === 'string') writer.attributeText(IFLA.name, link);
  return { type: RTM_GETLINK, flags: 0, body: writer.body() };
}

export function encodeLinkDump(): Request {
  const writer = linkHeader(new BodyWriter(), 0);
  writer.attributeU32(IFLA.extMask, RTEXT_FILTER_SKIP_STATS);
  return { type: RTM_GETLINK, flags: NLM_F_DUMP, body: writer.body() };
}

function decodeKind(info: Buffer | undefined): Partial<LinkFact> {
  if (!info) return {};
  const attributes = decodeAttributes(info);
  const kind = textOf(attributes.get(IFLA_INFO.kind));
  const data = attributes.get(IFLA_INFO.data);
  if (kind === undefined) return {};
  if (!data) return { kind };
  const inner = decodeAttributes(data);
  if (kind === 'vlan') {
    const id = inner.get(IFLA_VLAN_ID);
    return id ? { kind, vlanId: id.readUInt16LE(0) } : { kind };
  }
  if (kind !== 'macvlan') return { kind };
  const mode = u32Of(inner.get(IFLA_MACVLAN_MODE));
  const name = Object.entries(macvlanModes).find(([, value]) => value === mode)?.[0];
  return name ? { kind, macvlanMode: name } : { kind };
}

function decodeLimits(attributes: Attributes): OffloadLimits {
  const limits: OffloadLimits = {};
  for (const name of limitNames) {
    const value = u32Of(attributes.get(limitTypes[name]));
    if (value !== undefined) limits[name] = value;
  }
  return limits;
}

export function decodeLink(body: Buffer): LinkFact {
  const flags = body.readUInt32LE(8);
  const attributes = decodeAttributes(body, 16);
  const mac = attributes.get(IFLA.address);
  const alias = textOf(attributes.get(IFLA.alias));
  const peerIndex = u32Of(attributes.get(IFLA.link));
  const peerNamespaceId = u32Of(attributes.get(IFLA.linkNetNsId));
  return {
    name: textOf(attributes.get(IFLA.name)) ?? '',
    index: body.readInt32LE(4),
    ...decodeKind(attributes.get(IFLA.linkInfo)),
    ...(mac?.length === 6 ? { mac: formatMac(mac) } : {}),
    mtu: u32Of(attributes.get(IFLA.mtu)) ?? 0,
    up: (flags & IFF_UP) !== 0,
    running: (flags & IFF_LOWER_UP) !== 0,
    ...(alias ? { alias } : {}),
    group: u32Of(attributes.get(IFLA.group)) ?? 0,
    ...(peerIndex === undefined ? {} : { peerIndex }),
    ...(peerNamespaceId === undefined ? {} : { peerNamespaceId }),
    ...decodeLimits(attributes),
  };
}
