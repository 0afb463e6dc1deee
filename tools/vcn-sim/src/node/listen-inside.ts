import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Server } from 'node:net';
import { inside } from '@vcn-cni/netlink/driver';

/** Runs `body` in the namespace at `path`: a socket that it opens stays there. */
function within<T>(path: string, body: () => T): T {
  const descriptor = openSync(path, 'r');
  try {
    return inside(descriptor, path, body);
  } finally {
    closeSync(descriptor);
  }
}

/** Lets a server of this process listen on every address of a namespace; answers once it does. */
export async function listenInside(path: string, server: Server, port: number): Promise<void> {
  // Without a host, Node opens and binds the socket before the call returns; with one, in a later turn.
  const listening = once(server, 'listening');
  within(path, () => server.listen(port));
  await listening;
}

/** A UDP socket of this process in a namespace, bound to one of its addresses, so that it answers from there. */
export async function bindInside(path: string, address: string, port: number): Promise<Socket> {
  const family = address.includes(':') ? 6 : 4;
  const socket = createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    // Answers in the same turn, as the resolver would not: the socket is opened in the namespace.
    lookup: (name, _, answer) => answer(null, name, family),
  });
  const bound = once(socket, 'listening');
  within(path, () => socket.bind(port, address));
  await bound;
  return socket;
}
