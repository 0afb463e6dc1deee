/** Announcements of nf_tables over NETLINK_NETFILTER: whose table something was changed in. linux/netfilter/nf_tables.h */
import { decodeAttributes, textOf } from './attributes.ts';
import type { Message } from './message.ts';

/** linux/netfilter/nfnetlink.h, NFNL_SUBSYS_NFTABLES. */
const SUBSYSTEM = 10;
const NFT_MSG_NEWGEN = 15;
/** NFTA_TABLE_NAME, and the table of chains, rules, sets, elements and objects: all have the same number. */
const NFTA_TABLE = 1;

/** NFPROTO_* as `nft` names them. */
const families: Readonly<Record<number, string>> = {
  1: 'inet',
  2: 'ip',
  3: 'arp',
  5: 'netdev',
  7: 'bridge',
  10: 'ip6',
};

/** Undefined for what is of no table, such as the end of a transaction. */
export function decodeTableOf({
  type,
  body,
}: Message): { family: string; table: string } | undefined {
  if (type >> 8 !== SUBSYSTEM || (type & 0xff) === NFT_MSG_NEWGEN || body.length < 4)
    return undefined;
  const family = families[body[0]!];
  const table = textOf(decodeAttributes(body, 4).get(NFTA_TABLE));
  return family === undefined || table === undefined ? undefined : { family, table };
}
