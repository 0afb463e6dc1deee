/** One connection: one request in, one answer out. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { encodeAnswer } from '@vcn-cni/cni-runtime/plugin';
import type { Libc } from '../host/libc.ts';
import type { Log } from '../log/log.ts';
import { descriptorOf } from './endpoint.ts';
import { errorAnswer } from './error-answer.ts';
import { readRequest } from './read-request.ts';
import type { Serve } from './serve.ts';

/** How long a caller may take to fetch its answer before the connection is dropped. */
const fetchMs = 5_000;

export interface ConnectionDeps {
  libc: Libc;
  serve: Serve;
  log: Log;
  /** Milliseconds in which the request must have arrived. */
  requestMs: number;
}

/**
 * Resolves when the connection is over; never rejects. `giveUp` is aborted when the caller closes its end
 * before the answer: it no longer wants one.
 */
export async function serveConnection(
  socket: Socket,
  giveUp: AbortController,
  deps: ConnectionDeps,
): Promise<void> {
  // A caller that was killed while we write is no event: EPIPE and ECONNRESET end in `close`.
  socket.on('error', () => {});
  const callerPid = pidOf(socket, deps.libc);
  const received = await readRequest(socket, deps.requestMs);
  if (received === undefined) {
    socket.destroy();
    return;
  }
  const gone = () => giveUp.abort(new Error('the caller has closed its connection'));
  socket.once('end', gone).once('close', gone).resume();
  if (socket.readableEnded || socket.destroyed) gone();
  let answer: Awaited<ReturnType<Serve>>;
  if ('error' in received) {
    deps.log.warn({ callerPid, err: received.error.message }, 'request refused');
    answer = errorAnswer(received.error);
  } else {
    answer = await deps.serve(received.request, {
      signal: giveUp.signal,
      ...(callerPid !== undefined && { callerPid }),
    });
  }
  socket.off('end', gone).off('close', gone);
  await deliver(socket, encodeAnswer(answer));
}

async function deliver(socket: Socket, answer: Uint8Array): Promise<void> {
  if (socket.destroyed) return;
  const timer = setTimeout(() => socket.destroy(), fetchMs);
  const closed = once(socket, 'close');
  socket.end(answer);
  await closed.catch(() => {});
  clearTimeout(timer);
}

function pidOf(socket: Socket, libc: Libc): number | undefined {
  const fd = descriptorOf(socket);
  try {
    return fd === undefined ? undefined : libc.peer(fd).pid || undefined;
  } catch {
    return undefined;
  }
}
