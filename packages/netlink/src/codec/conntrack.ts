/** Connection tracking over NETLINK_NETFILTER. linux/netfilter/nfnetlink_conntrack.h */
import { formatIp } from '../inet.ts';
import { type Attributes, BodyWriter, decodeAttributes } from './attributes.ts';
import { NLM_F_DUMP, type Request } from './message.ts';

const SUBSYSTEM = 1 << 8;
const CT_GET = SUBSYSTEM | 1;
const CT_DELETE = SUBSYSTEM | 2;
const AF_UNSPEC = 0;

const CTA = { original: 1, reply: 2, id: 12, zone: 18 } as const;
const CTA_TUPLE_IP = 1;
/** v4 source and destination, v6 source and destination. */
const CTA_IP = [1, 2, 3, 4] as const;

/** struct nfgenmsg */
const header = (family: number): BodyWriter => new BodyWriter().u8(family).u8(0).u16(0);

/** Of both families. */
export function encodeConntrackDump(): Request {
  return { type: CT_GET, flags: NLM_F_DUMP, body: header(AF_UNSPEC).body() };
}

export interface ConntrackEntry {
  /** Of both tuples, canonical text. */
  addresses: string[];
  /** The request that deletes exactly this entry. */
  remove: Request;
}

function addressesOf(tuple: Buffer | undefined): string[] {
  if (!tuple) return [];
  const ip = decodeAttributes(tuple).get(CTA_TUPLE_IP);
  if (!ip) return [];
  const attributes = decodeAttributes(ip);
  return CTA_IP.flatMap((type) => {
    const bytes = attributes.get(type);
    return bytes ? [formatIp(bytes)] : [];
  });
}

function encodeRemove(family: number, attributes: Attributes): Request {
  const writer = header(family);
  // The tuple finds the entry; the id makes sure that it is not a later one of the same tuple.
  for (const type of [CTA.original, CTA.id, CTA.zone]) {
    const value = attributes.get(type);
    if (value) writer.attribute(type === CTA.original ? type | 0x8000 : type, value);
  }
  return { type: CT_DELETE, flags: 0, body: writer.body() };
}

export function decodeConntrack(body: Buffer): ConntrackEntry {
  const attributes = decodeAttributes(body, 4);
  return {
    addresses: [
      ...addressesOf(attributes.get(CTA.original)),
      ...addressesOf(attributes.get(CTA.reply)),
    ],
    remove: encodeRemove(body[0]!, attributes),
  };
}
