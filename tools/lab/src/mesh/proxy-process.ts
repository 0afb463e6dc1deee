/** The proxy of one pod, in its namespace: `proxy-process.ts USER`, 0 for the user that it was started by. */
import { connect, createServer, type Socket } from 'node:net';
import { meshPorts, passthrough, proxyPorts } from './mesh-rules.ts';
import { originalDestination } from './original-destination.ts';

const user = Number(process.argv[2]);
let opened = 0;

/** What is told of each connection, one line of JSON. */
function pass(way: 'inbound' | 'outbound', client: Socket): void {
  const destination = originalDestination(client);
  const from = client.remoteAddress!.replace(/^::ffff:/, '');
  console.log(JSON.stringify({ way, from, ...destination }));
  const family = destination.address.includes(':') ? 'inet6' : 'inet';
  const upstream = connect({
    host: destination.address,
    port: destination.port,
    ...(way === 'inbound' && { localAddress: passthrough[family] }),
    ...(user === 0 && { localPort: proxyPorts.first + (opened++ % proxyPorts.count) }),
  });
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.on('error', () => other.destroy());
    one.pipe(other);
  }
}

const listening = (['inbound', 'outbound'] as const).map((way) => {
  const server = createServer({ allowHalfOpen: true }, (client) => pass(way, client));
  return new Promise<void>((resolve) => server.listen(meshPorts[way], '::', resolve));
});
await Promise.all(listening);
if (user !== 0) process.setuid!(user);
console.log('ready');
