import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { AnswerDecoder, type FrameAnswer } from '@vcn-cni/cni-runtime/plugin';

/** Between two attempts to connect, in milliseconds. */
const retryAfter = 20;

/**
 * `absent`: nobody took the frame, so that it may be sent again or spooled. `denied`: the socket may
 * not be opened. `lost`: the frame was taken and no whole answer came; `late`: nor in time.
 */
export type Outcome =
  | { kind: 'answered'; answer: FrameAnswer }
  | { kind: 'absent' | 'denied' | 'lost' | 'late'; reason: string };

export interface Exchange {
  socket: string;
  frame: Uint8Array;
  /** In the time of `performance.now()`, which is monotonic. */
  connectUntil: number;
  until: number;
}

/** One frame out, one frame back; connecting is tried again until `connectUntil`. */
export async function exchange(call: Exchange): Promise<Outcome> {
  for (;;) {
    const outcome = await attempt(call);
    if (outcome.kind !== 'absent') return outcome;
    const left = call.connectUntil - performance.now();
    if (left <= 0) return outcome;
    await sleep(Math.min(retryAfter, left));
  }
}

async function attempt({ socket, frame, until }: Exchange): Promise<Outcome> {
  const connection = connect(socket);
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), Math.max(until - performance.now(), 0));
  try {
    await once(connection, 'connect', { signal: deadline.signal });
    return await converse(connection, frame, deadline.signal);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') return { kind: 'denied', reason: message };
    return { kind: 'absent', reason: connectReason(code, message) };
  } finally {
    clearTimeout(timer);
    connection.destroy();
  }
}

function connectReason(code: string | undefined, message: string): string {
  if (code === 'ENOENT') return 'there is no such socket';
  return code === 'ECONNREFUSED' ? 'nobody listens on it' : message;
}

/**
 * `absent` means that the daemon cannot have read the whole frame: either not all of it went out, or
 * the kernel reports a reset, which a Unix socket does only when its other end was closed, or never
 * accepted, with bytes unread (unix_release_sock in net/unix/af_unix.c).
 */
async function converse(
  connection: Socket,
  frame: Uint8Array,
  deadline: AbortSignal,
): Promise<Outcome> {
  const decoder = new AnswerDecoder();
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  let sent = false;
  let received = false;
  const fail = (reason: string, kind: 'lost' | 'late' = 'lost') =>
    resolve({ kind: sent ? kind : 'absent', reason });
  connection.on('data', (chunk) => {
    received = true;
    const state = decoder.push(chunk);
    if (state.state === 'done') resolve({ kind: 'answered', answer: state.value });
    if (state.state === 'malformed') fail('its answer is malformed');
  });
  const closed = () => (received ? 'its answer was cut short' : 'it closed the connection');
  connection.on('end', () => fail(closed()));
  connection.on('error', () => resolve({ kind: 'absent', reason: closed() }));
  deadline.addEventListener('abort', () => fail('it did not answer in time', 'late'));
  if (deadline.aborted) fail('it did not answer in time', 'late');
  // Node drops what it has not read when a write fails. Two turns of the loop hold one poll, so that
  // an answer which is already there is read first; one that comes just after it is asked for again.
  await turn();
  await turn();
  connection.write(frame, (error) => {
    sent = !error;
  });
  return promise;
}
