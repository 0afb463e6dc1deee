/** Changes of links in other namespaces whose peer is in this one. */
import { decodeLink, RTM_NEWLINK } from '../codec/link.ts';
import type { LinkFact } from '../state.ts';
import { openListener } from './listener.ts';
import { NETLINK_ROUTE } from './socket.ts';

/** linux/rtnetlink.h, RTNLGRP_LINK. */
const LINK_GROUP = 1;
const RECEIVE_BYTES = 1 << 20;

/** Opens in the namespace of the calling thread. Announcements that are lost are not made up for. */
export function openPeerWatcher(listener: (link: LinkFact) => void): Disposable {
  return openListener({
    protocol: NETLINK_ROUTE,
    groups: [LINK_GROUP],
    receiveBytes: RECEIVE_BYTES,
    only: RTM_NEWLINK,
    allNamespaces: true,
    heard(messages) {
      for (const { type, body } of messages) {
        // Other families report bridge ports and IPv6 settings under the same type.
        if (type !== RTM_NEWLINK || body[0] !== 0) continue;
        const link = decodeLink(body);
        if (link.peerIndex !== undefined) listener(link);
      }
    },
  });
}
