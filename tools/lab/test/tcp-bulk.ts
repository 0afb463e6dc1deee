import { once } from 'node:events';
import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

const server = `
  const { createServer } = require('node:net');
  createServer((c) => c.on('error', () => {}).end(Buffer.alloc(300000)))
    .listen({ port: Number(process.argv[1]), host: '::' }, () => console.log('listening'));
`;

/** A TCP server that sends 300,000 bytes to whoever connects. */
export async function serveBulk(namespace: SandboxNamespace, port: number): Promise<Disposable> {
  const child = namespace.spawn(process.execPath, ['-e', server, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout!, 'data');
  return { [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

/** How many bytes come within 5 s. */
export async function takeBulk(from: SandboxNamespace, to: string, port: number): Promise<number> {
  const script = `exec 3<>/dev/tcp/${to}/${port} && timeout 5 cat <&3 | wc -c`;
  return Number((await from.exec('timeout', ['6', 'bash', '-c', script])).stdout);
}
