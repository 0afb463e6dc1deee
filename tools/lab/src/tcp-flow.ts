import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

const server = `
  const { createServer } = require('node:net');
  const s = createServer((c) => {
    // A client may close before it has read: its connection ends, the server goes on.
    c.on('error', () => c.destroy());
    c.end(c.remoteAddress.replace(/^::ffff:/, '') + '\\n');
  });
  s.listen({ port: Number(process.argv[1]), host: '::' }, () => console.log('listening'));
`;

/** A TCP server in a namespace that answers each connection with the address it came from. */
export async function serveTcp(namespace: SandboxNamespace, port: number): Promise<Disposable> {
  const child = namespace.spawn(process.execPath, ['-e', server, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout!.once('data', () => resolve());
    child.once('close', () => reject(new Error(`no TCP server on port ${port}`)));
  });
  return { [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

/** Connects once; the address that the server saw, or undefined when nothing came back within 2 s. */
export async function connectTcp(
  from: SandboxNamespace,
  to: string,
  port: number,
): Promise<string | undefined> {
  const script = `exec 3<>/dev/tcp/${to}/${port} && cat <&3`;
  const { code, stdout } = await from.exec('timeout', ['2', 'bash', '-c', script]);
  return code === 0 ? stdout.trim() : undefined;
}

/** Whether a connection is accepted within a second. */
export async function opensTcp(from: SandboxNamespace, to: string, port: number): Promise<boolean> {
  const script = `exec 3<>/dev/tcp/${to}/${port}`;
  return (await from.exec('timeout', ['1', 'bash', '-c', script])).code === 0;
}
