/** RTM_NEWADDR, DELADDR, GETADDR. linux/if_addr.h */
import { formatIp, parsePrefix } from '../inet.ts';
import type { AddressSpec } from '../state.ts';
import { BodyWriter, decodeAttributes, u32Of } from './attributes.ts';
import { AF_INET, AF_INET6, AF_UNSPEC, familyOf, scopeName, scopes } from './family.ts';
import { NLM_F_CREATE, NLM_F_DUMP, NLM_F_REPLACE, type Request } from './message.ts';

export const RTM_NEWADDR = 20;
export const RTM_DELADDR = 21;
const RTM_GETADDR = 22;

const IFA = { address: 1, local: 2, flags: 8 } as const;
const IFA_F_NODAD = 0x02;
const IFA_F_NOPREFIXROUTE = 0x200;

function encode(spec: AddressSpec, linkIndex: number, type: number, flags: number): Request {
  const { bytes, length } = parsePrefix(spec.address);
  const family = familyOf(bytes);
  const bits =
    (spec.nodad && family === AF_INET6 ? IFA_F_NODAD : 0) |
    (spec.noprefixroute ? IFA_F_NOPREFIXROUTE : 0);
  const writer = new BodyWriter();
  writer
    .u8(family)
    .u8(length)
    .u8(0)
    .u8(scopes[spec.scope ?? 'global'])
    .u32(linkIndex);
  writer.attribute(IFA.local, bytes).attribute(IFA.address, bytes);
  if (bits !== 0) writer.attributeU32(IFA.flags, bits);
  return { type, flags, body: writer.body() };
}

export function encodeAddressPut(spec: AddressSpec, linkIndex: number): Request {
  return encode(spec, linkIndex, RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE);
}

export function encodeAddressDelete(spec: AddressSpec, linkIndex: number): Request {
  return encode(spec, linkIndex, RTM_DELADDR, 0);
}

/** All addresses, or (with strict checking) those of one link. */
export function encodeAddressDump(linkIndex = 0): Request {
  const body = new BodyWriter().u8(AF_UNSPEC).u8(0).u8(0).u8(0).u32(linkIndex).body();
  return { type: RTM_GETADDR, flags: NLM_F_DUMP, body };
}

export interface DecodedAddress {
  linkIndex: number;
  /** Without the name of its link. */
  address: Omit<AddressSpec, 'link'>;
}

export function decodeAddress(body: Buffer): DecodedAddress | undefined {
  const family = body[0];
  if (family !== AF_INET && family !== AF_INET6) return undefined;
  const attributes = decodeAttributes(body, 8);
  const bytes = attributes.get(IFA.local) ?? attributes.get(IFA.address);
  if (!bytes) return undefined;
  const flags = u32Of(attributes.get(IFA.flags)) ?? body[2]!;
  return {
    linkIndex: body.readUInt32LE(4),
    address: {
      address: `${formatIp(bytes)}/${body[1]}`,
      scope: (scopeName(body[3]!) ?? 'global') as NonNullable<AddressSpec['scope']>,
      ...(flags & IFA_F_NODAD && family === AF_INET6 ? { nodad: true } : {}),
      ...(flags & IFA_F_NOPREFIXROUTE ? { noprefixroute: true } : {}),
    },
  };
}
