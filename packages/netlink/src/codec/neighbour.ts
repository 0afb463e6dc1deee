/** RTM_NEWNEIGH, DELNEIGH, GETNEIGH. linux/neighbour.h */
import { formatIp, parseAddress } from '../inet.ts';
import { formatMac, parseMac } from '../mac.ts';
import type { NeighbourSpec } from '../state.ts';
import { BodyWriter, decodeAttributes } from './attributes.ts';
import { AF_UNSPEC, familyName, familyOf } from './family.ts';
import { NLM_F_CREATE, NLM_F_DUMP, NLM_F_REPLACE, type Request } from './message.ts';

export const RTM_NEWNEIGH = 28;
export const RTM_DELNEIGH = 29;
const RTM_GETNEIGH = 30;

const NDA = { destination: 1, mac: 2, ifindex: 8 } as const;
const NUD_PERMANENT = 0x80;
const NTF_PROXY = 0x08;

/** struct ndmsg */
function header(family: number, linkIndex: number, state: number): BodyWriter {
  return new BodyWriter().u32(family).u32(linkIndex).u16(state).u8(0).u8(0);
}

export function encodeNeighbourPut(neighbour: NeighbourSpec, linkIndex: number): Request {
  const bytes = parseAddress(neighbour.address);
  const writer = header(familyOf(bytes), linkIndex, NUD_PERMANENT);
  writer.attribute(NDA.destination, bytes).attribute(NDA.mac, parseMac(neighbour.mac));
  return { type: RTM_NEWNEIGH, flags: NLM_F_CREATE | NLM_F_REPLACE, body: writer.body() };
}

export function encodeNeighbourDelete(neighbour: NeighbourSpec, linkIndex: number): Request {
  const bytes = parseAddress(neighbour.address);
  const writer = header(familyOf(bytes), linkIndex, 0).attribute(NDA.destination, bytes);
  return { type: RTM_DELNEIGH, flags: 0, body: writer.body() };
}

/** All neighbours, or (with strict checking) those of one link. */
export function encodeNeighbourDump(linkIndex?: number): Request {
  const writer = header(AF_UNSPEC, 0, 0);
  if (linkIndex !== undefined) writer.attributeU32(NDA.ifindex, linkIndex);
  return { type: RTM_GETNEIGH, flags: NLM_F_DUMP, body: writer.body() };
}

export interface DecodedNeighbour {
  linkIndex: number;
  permanent: boolean;
  address: string;
  /** Absent while it is not resolved, and when its end is announced. */
  mac?: string;
}

/** `undefined` for bridge and proxy entries. */
export function decodeNeighbour(body: Buffer): DecodedNeighbour | undefined {
  if (!familyName(body[0]!) || body[10]! & NTF_PROXY) return undefined;
  const attributes = decodeAttributes(body, 12);
  const address = attributes.get(NDA.destination);
  const mac = attributes.get(NDA.mac);
  if (!address || (mac !== undefined && mac.length !== 6)) return undefined;
  return {
    linkIndex: body.readUInt32LE(4),
    permanent: (body.readUInt16LE(8) & NUD_PERMANENT) !== 0,
    address: formatIp(address),
    ...(mac && { mac: formatMac(mac) }),
  };
}
