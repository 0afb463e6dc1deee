import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

const script = `
  const [server, protocol, name] = process.argv.slice(1);
  const labels = name.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]);
  const query = Buffer.from([0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, 1, 0, 1]);
  const say = (answer) => console.log(answer.subarray(-4).join('.')) ?? process.exit();
  if (protocol === 'udp') {
    const socket = require('node:dgram').createSocket(server.includes(':') ? 'udp6' : 'udp4');
    socket.on('message', say).send(query, 53, server);
  } else {
    const socket = require('node:net').connect(53, server);
    socket.on('data', say).write(Buffer.concat([Buffer.from([0, query.length]), query]));
  }
  setTimeout(() => process.exit(1), 2000);
`;

/** The IPv4 address of a name, asked for once; empty when nothing comes within 2 s. */
export async function askResolver(
  from: SandboxNamespace,
  server: string,
  protocol: 'udp' | 'tcp',
  name: string,
): Promise<string> {
  const args = ['-e', script, server, protocol, name];
  return (await from.exec(process.execPath, args)).stdout.trim();
}
