/** Changes of links in other namespaces whose peer is in this one. */
import { decodeLink, RTM_NEWLINK } from '../codec/link.ts';
import { decodeMessages } from '../codec/message.ts';
import type { LinkFact } from '../state.ts';
import { NETLINK_ROUTE, openSocket } from './socket.ts';

/** linux/rtnetlink.h, RTNLGRP_LINK. */
const LINK_GROUP = 1;
const RECEIVE_BYTES = 1 << 20;

/** Opens in the namespace of the calling thread. Announcements that are lost are not made up for. */
export function openPeerWatcher(listener: (link: LinkFact) => void): Disposable {
  let open = true;
  const datagram = (bytes: Buffer): void => {
    for (const { type, body } of decodeMessages(bytes)) {
      // Other families report bridge ports and IPv6 settings under the same type.
      if (!open || type !== RTM_NEWLINK || body[0] !== 0) continue;
      const link = decodeLink(body);
      if (link.peerIndex !== undefined) listener(link);
    }
  };
  const socket = openSocket(
    NETLINK_ROUTE,
    { datagram, overrun: () => {} },
    { receiveBytes: RECEIVE_BYTES, only: RTM_NEWLINK, allNamespaces: true },
  );
  socket.join(LINK_GROUP);
  socket.hold(true);
  return {
    [Symbol.dispose]() {
      if (!open) return;
      open = false;
      socket.close();
    },
  };
}
