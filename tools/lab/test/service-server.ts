import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

const server = `
  const [name, port] = process.argv.slice(1);
  const seen = (address) => address.replace(/^::ffff:/, '');
  const tcp = require('node:net').createServer((c) => {
    c.on('error', () => {});
    c.write(name + ' ' + seen(c.remoteAddress) + '\\n');
    c.pipe(c);
  });
  tcp.listen({ port: Number(port), host: '::' }, async () => {
    // One socket per address: a wildcard socket may answer from another.
    const all = Object.values(require('node:os').networkInterfaces()).flat();
    const own = all.filter(({ address }) => !address.startsWith('fe80:'));
    await Promise.all(own.map(({ address, family }) => new Promise((resolve) => {
      const udp = require('node:dgram').createSocket(family === 'IPv6' ? 'udp6' : 'udp4');
      udp.on('message', (asked, from) => {
        udp.send([name + ' ' + from.address + '\\n', asked], from.port, from.address);
      });
      udp.bind(Number(port), address, resolve);
    })));
    console.log('listening');
  });
`;

/** TCP and UDP servers that answer with a name and the caller's address, and then with what they are told. */
export async function serveByName(
  namespace: SandboxNamespace,
  name: string,
  port: number,
): Promise<void> {
  const child = namespace.spawn(process.execPath, ['-e', server, name, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout!.once('data', () => resolve());
    child.once('close', () => reject(new Error(`no server on port ${port} of ${name}`)));
  });
}
