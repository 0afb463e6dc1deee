import { connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream';

export interface Relay extends AsyncDisposable {
  readonly server: Server;
}

/**
 * Passes connections on to the Unix socket at `target`. What comes back is held until `barrier` lets it go, so that
 * whoever reads an answer can rely on what it says.
 */
export function createRelay(target: string, barrier: () => Promise<void>): Relay {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    }
    const held = async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        await barrier();
        yield chunk;
      }
    };
    // A connection that breaks on one side breaks on the other, and that is all there is to do.
    const broken = (error: Error | null | undefined) => {
      if (!error) return;
      client.destroy();
      upstream.destroy();
    };
    pipeline(client, upstream, broken);
    pipeline(upstream, held, client, broken);
  });
  return {
    server,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
