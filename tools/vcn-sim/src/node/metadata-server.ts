import { createServer, type RequestListener } from 'node:http';
import type { CloudFeed } from '../cloud/facts.ts';
import { listenInside } from './listen-inside.ts';

/** Answers an instance's requests. */
export type MetadataHandler = (instanceId: string) => RequestListener;

/**
 * The metadata service, on port 80 of the service addresses inside the fabric. Whose primary VNIC a request comes
 * from says whose metadata it gets; the fabric lets no other source through to it.
 */
export async function startMetadataServer(
  path: string,
  feed: CloudFeed,
  handler: MetadataHandler,
): Promise<AsyncDisposable> {
  const server = createServer((request, response) => {
    const source = request.socket.remoteAddress?.replace(/^::ffff:/, '');
    const vnic = feed.facts().vnics.find(({ isPrimary, address }) => {
      return isPrimary && (address.inet === source || address.inet6 === source);
    });
    if (vnic) handler(vnic.instanceId)(request, response);
    else request.socket.destroy();
  });
  await listenInside(path, server, 80);
  return {
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
