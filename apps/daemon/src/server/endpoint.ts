/** A unix socket at a path that is handed from one daemon to the next without a moment of absence. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, rename, unlink } from 'node:fs/promises';
import { type Server, Socket } from 'node:net';
import type { Libc } from '../host/libc.ts';

/**
 * Listens under a temporary name and renames it over `path`, so that `path` always answers or
 * refuses and a predecessor's socket is replaced in one step. `server.close()` later unlinks the
 * temporary name, which is gone: the path itself is never unlinked by somebody who lost it.
 */
export async function listenAt(server: Server, path: string): Promise<void> {
  const temporary = `${path}.${randomBytes(8).toString('hex')}`;
  server.listen(temporary);
  await once(server, 'listening');
  try {
    await chmod(temporary, 0o600);
    await rename(temporary, path);
  } catch (error) {
    server.close();
    await unlink(temporary).catch(() => {});
    throw error;
  }
}

/**
 * Stops listening without losing a caller: new connections are refused (a relay then waits for the
 * next daemon), and those that the kernel had already accepted are handed to `serve`.
 */
export function stopListening(server: Server, libc: Libc, serve: (socket: Socket) => void): void {
  const fd = descriptorOf(server);
  if (fd !== undefined) {
    libc.refuseConnections(fd);
    for (let next = libc.accept(fd); next !== undefined; next = libc.accept(fd))
      serve(new Socket({ fd: next, allowHalfOpen: true, readable: true, writable: true }));
  }
  server.close();
}

/** The descriptor below a server or a socket: Node has no public way to it. */
export function descriptorOf(handle: Server | Socket): number | undefined {
  const fd = (handle as unknown as { _handle?: { fd?: number } })._handle?.fd;
  return fd !== undefined && fd >= 0 ? fd : undefined;
}
