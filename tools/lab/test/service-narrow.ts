import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

/** Lets a host whose link takes 1500 bytes tell its peers in TCP that it takes 9000. */
export async function claimWide(host: SandboxNamespace, family: 'inet' | 'inet6'): Promise<void> {
  const version = family === 'inet' ? '-4' : '-6';
  const { stdout } = await host.exec('ip', [version, 'route', 'show', 'default']);
  const route = stdout
    .trim()
    .replace(/ (metric|pref) \S+/g, '')
    .split(' ');
  const change = [version, 'route', 'replace', ...route, 'advmss', '8900'];
  const { code, stderr } = await host.exec('ip', change);
  if (code !== 0) throw new Error(`ip ${change.join(' ')}: ${stderr}`);
}

const client = `
  const [to, port, bytes] = process.argv.slice(1);
  const socket = require('node:net').connect(Number(port), to);
  let got = -1;
  socket.on('data', (chunk) => {
    if (got === -1) got = -1 - chunk.indexOf('\\n');
    got += chunk.length;
    if (got >= bytes) socket.end();
  });
  socket.on('connect', () => socket.write(Buffer.alloc(Number(bytes), 'x')));
  socket.on('close', () => console.log(got));
`;

/** Sends bytes to a server of `serveByName`; how many of them come back within 10 s. */
export async function echoed(
  from: SandboxNamespace,
  to: string,
  port: number,
  bytes: number,
): Promise<number> {
  const command = [process.execPath, '-e', client, to, String(port), String(bytes)];
  const { stdout } = await from.exec('timeout', ['10', ...command]);
  return Number(stdout || Number.NaN);
}
