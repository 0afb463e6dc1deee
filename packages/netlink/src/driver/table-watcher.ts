/** Announcements that something of an nftables table was changed, by whomever. */
import { decodeMessages } from '../codec/message.ts';
import { decodeTableOf } from '../codec/nftables.ts';
import { NETLINK_NETFILTER, openSocket } from './socket.ts';

/** linux/netfilter/nfnetlink.h, NFNLGRP_NFTABLES. */
const NFTABLES_GROUP = 7;
const RECEIVE_BYTES = 4 << 20;

/** `any`: announcements were lost, so that it may have been any table. */
export type TableChange = { family: string; table: string } | 'any';

/** Opens in the namespace of the calling thread. A table is told once for all of its changes in one datagram. */
export function openTableWatcher(listener: (change: TableChange) => void): Disposable {
  let open = true;
  const datagram = (bytes: Buffer): void => {
    const told = new Set<string>();
    for (const message of decodeMessages(bytes)) {
      const change = open ? decodeTableOf(message) : undefined;
      if (!change) continue;
      const name = `${change.family} ${change.table}`;
      if (told.has(name)) continue;
      told.add(name);
      listener(change);
    }
  };
  const overrun = (): void => {
    if (open) listener('any');
  };
  const socket = openSocket(
    NETLINK_NETFILTER,
    { datagram, overrun },
    { receiveBytes: RECEIVE_BYTES },
  );
  socket.join(NFTABLES_GROUP);
  socket.hold(true);
  return {
    [Symbol.dispose]() {
      if (!open) return;
      open = false;
      socket.close();
    },
  };
}
