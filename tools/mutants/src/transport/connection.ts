import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Caller, Outcome, Ran, Serve } from './caller.ts';
import { decodeStrings, encodeMessage, encodeStrings, messageReader } from './message.ts';
import { peerPid } from './peer-pid.ts';

/** One execution that goes on. */
export interface Connection {
  /** Aborted when the caller is gone. */
  readonly gone: AbortSignal;
  /** Nothing more happens on its behalf. Never rejects: a caller that is gone is nobody to tell. */
  readonly ended: Promise<void>;
}

/** Serves one connection of a forwarder to its end. `mayBegin` is awaited when the request is here. */
export function openConnection(
  socket: Socket,
  serve: Serve,
  mayBegin: () => Promise<void>,
): Connection {
  const gone = new AbortController();
  // The forwarder never ends its half before it ends.
  for (const event of ['end', 'close']) {
    socket.on(event, () => gone.abort(new Error('the caller is gone')));
  }
  socket.on('error', () => {});
  return { gone: gone.signal, ended: converse(socket, serve, mayBegin, gone.signal) };
}

async function converse(
  socket: Socket,
  serve: Serve,
  mayBegin: () => Promise<void>,
  gone: AbortSignal,
): Promise<void> {
  const pid = peerPid(socket);
  const { promise: requested, resolve: request } = Promise.withResolvers<Buffer>();
  let done: ((ran: Ran) => void) | undefined;
  socket.on(
    'data',
    messageReader(({ kind, body }) => {
      if (kind === 'R') request(body);
      else done?.(decodeRan(body));
    }),
  );
  try {
    using descriptors = new DisposableStack();
    // A descriptor stays what it is when the number of the process is another's.
    const root = descriptors.adopt(openSync(`/proc/${pid}/root`, 'r'), close);
    const namespace = descriptors.adopt(openSync(`/proc/${pid}/ns/net`, 'r'), close);
    const { strings, rest: stdin } = decodeStrings(await until(requested, gone));
    await mayBegin();
    const [path = '', ...variables] = strings;
    const environment = Object.fromEntries(variables.map(splitVariable));
    const caller: Caller = {
      ...{ path, environment, stdin, signal: gone },
      root: `/proc/self/fd/${root}`,
      hostNamespace: `/proc/self/fd/${namespace}`,
      run(command, options = {}) {
        gone.throwIfAborted();
        const { promise, resolve } = Promise.withResolvers<Ran>();
        done = resolve;
        const given = Object.entries(options.environment ?? environment);
        const body = [
          encodeStrings(given.map(([name, value]) => `${name}=${value}`)),
          encodeStrings(command),
          Buffer.from(options.stdin ?? ''),
        ];
        socket.write(encodeMessage('X', Buffer.concat(body)));
        return until(promise, gone);
      },
    };
    send(socket, await serve(caller));
  } catch (error) {
    if (gone.aborted) return;
    const stderr = `reference plugin: ${error instanceof Error ? error.stack : error}\n`;
    send(socket, { exitCode: 70, stdout: '', stderr });
  }
}

/** Rejects when the caller is gone before. */
function until<Value>(promise: Promise<Value>, gone: AbortSignal): Promise<Value> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  gone.addEventListener('abort', () => reject(gone.reason), { once: true });
  if (gone.aborted) reject(gone.reason);
  return Promise.race([promise, ended]);
}

function send(socket: Socket, { exitCode, stdout, stderr, diesBy }: Outcome): void {
  const code = Buffer.alloc(4);
  code.writeUInt32LE(diesBy === undefined ? exitCode : 256 + diesBy);
  socket.write(
    Buffer.concat([
      encodeMessage('O', Buffer.from(stdout)),
      encodeMessage('E', Buffer.from(stderr)),
      encodeMessage('Q', code),
    ]),
  );
}

function splitVariable(variable: string): [string, string] {
  const equals = variable.indexOf('=');
  return [variable.slice(0, equals), variable.slice(equals + 1)];
}

/** wait(2): the low seven bits are the signal, the next byte the exit code. */
function decodeRan(body: Buffer): Ran {
  const status = body.readUInt32LE(0);
  const end = 8 + body.readUInt32LE(4);
  const signal = status & 0x7f;
  return {
    exitCode: signal === 0 ? (status >> 8) & 0xff : 128 + signal,
    stdout: body.toString('utf8', 8, end),
    stderr: body.toString('utf8', end),
  };
}

const close = (descriptor: number): void => closeSync(descriptor);
