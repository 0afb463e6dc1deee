import { once } from 'node:events';
import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

const client = `
  const [to, port] = process.argv.slice(1);
  const socket = require('node:net').connect(Number(port), to);
  let sent = '', got = '', number = 0;
  socket.setEncoding('utf8').on('data', (text) => {
    if (got === '') setInterval(send, 2);
    got += text;
  });
  const send = () => {
    if (socket.writableEnded) return;
    const line = number++ + '\\n';
    sent += line;
    socket.write(line);
  };
  socket.on('error', (error) => console.log(JSON.stringify({ error: error.message })));
  socket.on('end', () => {
    const [greeting] = got.split('\\n', 1);
    const intact = got.slice(greeting.length + 1) === sent;
    console.log(JSON.stringify({ pod: greeting.split(' ')[0], lines: number, intact }));
    process.exit();
  });
  process.on('SIGTERM', () => socket.end());
`;

/** A TCP connection on which a line is sent every 2 ms, and comes back. */
export interface Stream {
  /** Closes it and waits for all that is under way. */
  end(): Promise<{ pod?: string; lines?: number; intact?: boolean; error?: string }>;
}

/** To a server of `serveByName`. */
export function startStream(from: SandboxNamespace, to: string, port: number): Stream {
  const child = from.spawn(process.execPath, ['-e', client, to, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const closed = once(child, 'close');
  return {
    async end() {
      child.kill('SIGTERM');
      await closed;
      return JSON.parse(output || '{"error":"ended before it was connected"}');
    },
  };
}

/** TCP segments that a namespace had to send again so far. */
export async function sentAgain(namespace: SandboxNamespace): Promise<number> {
  const { stdout } = await namespace.exec('cat', ['/proc/net/snmp']);
  const [names, values] = stdout.split('\n').filter((line) => line.startsWith('Tcp: '));
  const at = names!.split(' ').indexOf('RetransSegs');
  return Number(values!.split(' ')[at]);
}
