import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import type { Serve } from './caller.ts';
import { type Connection, openConnection } from './connection.ts';

export interface Listener extends AsyncDisposable {
  /** Path of the socket, which every sandbox sees. */
  readonly socket: string;
}

/**
 * Serves forwarders, any number at once. The socket is in /dev/shm: a sandbox has a /run of its own, and layers over
 * the folders where plugins write, behind which a socket is not the same; /dev it has from the machine.
 */
export async function listen(serve: Serve): Promise<Listener> {
  const folder = await mkdtemp('/dev/shm/vcn-cni-mutants-');
  const path = join(folder, 'socket');
  const open = new Map<Socket, Connection>();
  // A process that was killed does nothing more: no call begins while one goes on whose caller is gone.
  const allGoneHaveEnded = async () => {
    await pause();
    const gone = [...open.values()].filter((each) => each.gone.aborted);
    await Promise.all(gone.map(({ ended }) => ended));
  };
  const server = createServer((socket) => {
    const connection = openConnection(socket, serve, allGoneHaveEnded);
    open.set(socket, connection);
    void connection.ended.then(() => open.delete(socket));
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    socket: path,
    async [Symbol.asyncDispose]() {
      for (const socket of open.keys()) socket.destroy();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
