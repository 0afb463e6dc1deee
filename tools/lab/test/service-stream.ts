import { once } from 'node:events';
import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

const client = `
  const [to, port] = process.argv.slice(1);
  const socket = require('node:net').connect(Number(port), to);
  let sent = '', got = '', number = 0;
  socket.setEncoding('utf8').on('data', (text) => {
    if (got === '') {
      setInterval(send, 2);
      console.log('connected');
    }
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

/** To a server of `serveByName`, once it has answered. */
export async function startStream(
  from: SandboxNamespace,
  to: string,
  port: number,
): Promise<Stream> {
  const child = from.spawn(process.execPath, ['-e', client, to, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const closed = once(child, 'close');
  const connected = once(child.stdout!, 'data');
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await Promise.race([connected, closed]);
  return {
    async end() {
      child.kill('SIGTERM');
      await closed;
      const [first, last = first] = output.trim().split('\n');
      return JSON.parse(last === 'connected' ? '{"error":"ended without a word"}' : last!);
    },
  };
}

/**
 * TCP segments of a namespace that were lost so far: those sent again, but for those of which the peer said that it had
 * them already (RFC 2883): a probe goes out as soon as a busy machine is late with an acknowledgement.
 */
export async function lostSegments(namespace: SandboxNamespace): Promise<number> {
  const { stdout } = await namespace.exec('cat', ['/proc/net/snmp', '/proc/net/netstat']);
  const lines = stdout.split('\n').map((line) => line.split(' '));
  const counter = (kind: string, name: string): number => {
    const [names, values] = lines.filter(([first]) => first === `${kind}:`);
    return Number(values![names!.indexOf(name)]);
  };
  const had = counter('TcpExt', 'TCPDSACKRecv') + counter('TcpExt', 'TCPDSACKOfoRecv');
  return counter('Tcp', 'RetransSegs') - had;
}
