/** Announcements that something of an nftables table was changed, by whomever. */
import { decodeTableOf } from '../codec/nftables.ts';
import { openListener } from './listener.ts';
import { NETLINK_NETFILTER } from './socket.ts';

/** linux/netfilter/nfnetlink.h, NFNLGRP_NFTABLES. */
const NFTABLES_GROUP = 7;
const RECEIVE_BYTES = 4 << 20;

/** `any`: announcements were lost, so that it may have been any table. */
export type TableChange = { family: string; table: string } | 'any';

/** Opens in the namespace of the calling thread. A table is told once for all of its changes in one datagram. */
export function openTableWatcher(listener: (change: TableChange) => void): Disposable {
  return openListener({
    protocol: NETLINK_NETFILTER,
    groups: [NFTABLES_GROUP],
    receiveBytes: RECEIVE_BYTES,
    heard(messages) {
      const told = new Set<string>();
      for (const message of messages) {
        const change = decodeTableOf(message);
        if (!change) continue;
        const name = `${change.family} ${change.table}`;
        if (told.has(name)) continue;
        told.add(name);
        listener(change);
      }
    },
    overrun: () => listener('any'),
  });
}
