/**
 * Runs inside one namespace of the filter's laboratory: servers that say what reached them, and clients. One JSON
 * object a line in, one out. Servers are bound to one address each: a wildcard socket answers from another.
 */
import { createSocket, type Socket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';

export type Command =
  | { do: 'serve'; protocol: 'udp' | 'tcp'; address: string; port: number }
  | { do: 'seen'; protocol: 'udp' | 'tcp'; address: string; port: number }
  | { do: 'send'; from: string; to: string; port: number; text: string }
  | { do: 'ask'; from: string; to: string; port: number; texts: string[]; timeoutMs: number }
  | { do: 'connect'; to: string; port: number; wait: boolean };

/** A datagram that a server got; of a TCP connection only where it came from. */
export interface Seen {
  from: string;
  text: string;
}

const seen = new Map<string, Seen[]>();
const type = (address: string) => (address.includes(':') ? 'udp6' : 'udp4');

createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id, ...command } = JSON.parse(line) as Command & { id: number };
  const answer = await run(command as Command).then(
    (result) => ({ id, result }),
    (error: Error) => ({ id, error: error.message }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});

async function run(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'serve':
      return command.protocol === 'udp' ? serveUdp(command) : serveTcp(command);
    case 'seen':
      return seen.get(`${command.protocol} ${command.address} ${command.port}`) ?? [];
    case 'send':
      return send(command);
    case 'ask':
      return ask(command);
    case 'connect':
      return dial(command);
  }
}

function record(protocol: 'udp' | 'tcp', address: string, port: number): Seen[] {
  const list: Seen[] = [];
  seen.set(`${protocol} ${address} ${port}`, list);
  return list;
}

async function serveUdp({ address, port }: { address: string; port: number }): Promise<void> {
  const list = record('udp', address, port);
  const socket = await bound(address, port);
  socket.on('message', (message, { address: from, port: fromPort }) => {
    list.push({ from, text: message.toString() });
    // A reply that has no route is the sender's affair.
    socket.send(`echo ${message}`, fromPort, from, () => {});
  });
}

function serveTcp({ address, port }: { address: string; port: number }): Promise<void> {
  const list = record('tcp', address, port);
  const server = createServer((socket) => {
    list.push({ from: socket.remoteAddress ?? '', text: '' });
    socket.on('error', () => {}).end();
  });
  return new Promise((resolve) => server.listen(port, address, resolve));
}

async function send(command: Command & { do: 'send' }): Promise<void> {
  const socket = await bound(command.from, 0);
  await new Promise<void>((resolve, reject) => {
    socket.send(command.text, command.port, command.to, (error) =>
      error ? reject(error) : resolve(),
    );
  });
  socket.close();
}

/** All texts from one socket, one after the other's echo; how many were echoed. */
async function ask(command: Command & { do: 'ask' }): Promise<number> {
  const socket = await bound(command.from, 0);
  let echoed = 0;
  for (const text of command.texts) {
    const reply = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), command.timeoutMs);
      socket.once('message', (message) => {
        clearTimeout(timer);
        resolve(message.toString() === `echo ${text}`);
      });
      socket.send(text, command.port, command.to, (error) => error && resolve(false));
    });
    if (!(await reply)) break;
    echoed++;
  }
  socket.close();
  return echoed;
}

function dial({ to, port, wait }: Command & { do: 'connect' }): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: to, port });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('connect', () => {
      socket.destroy();
      resolve('connected');
    });
    if (wait) {
      socket.setTimeout(1000, () => {
        socket.destroy();
        resolve('no answer');
      });
      return;
    }
    // One SYN is out; another, later, would meet other rules.
    setImmediate(() => {
      socket.destroy();
      resolve('begun');
    });
  });
}

function bound(address: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: type(address), ipv6Only: type(address) === 'udp6' });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, () => resolve(socket));
  });
}
