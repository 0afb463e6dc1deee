/** A socket that only hears announcements, until it is disposed of. */
import { decodeMessages, type Message } from '../codec/message.ts';
import { openSocket, type SocketOptions } from './socket.ts';

export interface Listening extends SocketOptions {
  /** NETLINK_ROUTE or another. */
  protocol: number;
  /** Multicast groups, as the kernel numbers them. */
  groups: readonly number[];
  /** The messages of one datagram; they end where the listener is disposed of in their midst. */
  heard(messages: Iterable<Message>): void;
  /** Announcements were lost. */
  overrun?(): void;
}

/** Opens in the namespace of the calling thread, and keeps the process running. */
export function openListener(listening: Listening): Disposable {
  const { protocol, groups, heard, overrun, ...options } = listening;
  let open = true;
  function* whileOpen(datagram: Buffer): Iterable<Message> {
    for (const message of decodeMessages(datagram)) {
      if (!open) return;
      yield message;
    }
  }
  const socket = openSocket(
    protocol,
    {
      datagram: (bytes) => heard(whileOpen(bytes)),
      overrun() {
        if (open) overrun?.();
      },
    },
    options,
  );
  for (const group of groups) socket.join(group);
  socket.hold(true);
  return {
    [Symbol.dispose]() {
      if (!open) return;
      open = false;
      socket.close();
    },
  };
}
