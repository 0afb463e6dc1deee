import { type Socket as Connection, createServer } from 'node:net';
import { parseIp } from '../cloud/ip.ts';
import { serviceAddress } from '../fabric/addresses.ts';
import { readQuery, recordType, writeAnswer } from './dns-message.ts';
import { bindInside, listenInside } from './listen-inside.ts';

/** All addresses of a name, of both families; undefined: there is no such name. */
export type Names = (name: string) => readonly string[] | undefined;

/** The VCN's resolver, on port 53 of the service addresses inside the fabric, over UDP and TCP. */
export async function startResolver(path: string, names: Names): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  for (const address of Object.values(serviceAddress)) {
    const socket = await bindInside(path, address, 53);
    stack.defer(() => new Promise<void>((resolve) => void socket.close(() => resolve())));
    socket.on('message', (message, { address: from, port }) => {
      const answer = answerTo(message, names);
      // Who asks may be gone by now.
      if (answer) socket.send(answer, port, from, () => {});
    });
  }
  const open = new Set<Connection>();
  const server = createServer((connection) => {
    open.add(connection);
    connection.once('close', () => open.delete(connection));
    connection.once('error', () => connection.destroy());
    serveConnection(connection, names);
  });
  stack.defer(async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const connection of open) connection.destroy();
    await closed;
  });
  await listenInside(path, server, 53);
  return stack.move();
}

/** Each message after its length in two bytes (RFC 1035, 4.2.2). */
function serveConnection(connection: Connection, names: Names): void {
  let pending = Buffer.alloc(0);
  connection.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const end = 2 + pending.readUInt16BE(0);
      const answer = answerTo(pending.subarray(2, end), names);
      pending = pending.subarray(end);
      if (!answer) return void connection.destroy();
      const length = Buffer.alloc(2);
      length.writeUInt16BE(answer.length, 0);
      connection.write(Buffer.concat([length, answer]));
    }
  });
}

function answerTo(message: Buffer, names: Names): Buffer | undefined {
  const question = readQuery(message);
  if (!question) return undefined;
  const addresses = names(question.name)?.map((text) => addressBytes(text));
  const length = { [recordType.A]: 4, [recordType.AAAA]: 16 }[question.type];
  return writeAnswer(
    question,
    addresses?.filter((bytes) => bytes.length === length),
  );
}

function addressBytes(text: string): Buffer {
  const { family, value } = parseIp(text)!;
  return Buffer.from(value.toString(16).padStart(family === 'inet' ? 8 : 32, '0'), 'hex');
}
