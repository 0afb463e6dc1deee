/** The server of `cni.sock`. */
import { createServer, type Socket } from 'node:net';
import { type ConnectionDeps, serveConnection } from './connection.ts';
import { listenAt, stopListening } from './endpoint.ts';

export interface RequestServer {
  /** Binds; from here on executions are served. */
  start(): Promise<void>;
  /**
   * Stops accepting and resolves when every caller has its answer. What still waits after the grace is
   * asked to give up, so that a successor is not kept from its turn.
   */
  stop(): Promise<void>;
  /** Connections that are open now. */
  readonly open: number;
}

export interface RequestServerOptions {
  path: string;
  /** Milliseconds that work in progress has at a stop before it is asked to give up. */
  graceMs: number;
}

export function createRequestServer(
  options: RequestServerOptions,
  deps: ConnectionDeps,
): RequestServer {
  const connections = new Map<Promise<void>, AbortController>();
  const accept = (socket: Socket) => {
    const giveUp = new AbortController();
    const connection = serveConnection(socket, giveUp, deps).catch((error) => {
      deps.log.error({ err: error }, 'connection failed');
      socket.destroy();
    });
    connections.set(connection, giveUp);
    void connection.then(() => connections.delete(connection));
  };
  const server = createServer({ allowHalfOpen: true }, accept);

  return {
    get open() {
      return connections.size;
    },
    async start() {
      await listenAt(server, options.path);
      server.on('error', (error) => deps.log.error({ err: error }, 'accepting connections failed'));
    },
    async stop() {
      stopListening(server, deps.libc, accept);
      const timer = setTimeout(() => {
        for (const giveUp of connections.values())
          giveUp.abort(new Error('the daemon is stopping'));
      }, options.graceMs);
      await Promise.all(connections.keys());
      clearTimeout(timer);
    },
  };
}
