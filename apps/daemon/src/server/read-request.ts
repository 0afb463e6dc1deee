import type { Socket } from 'node:net';
import { type FrameRequest, RequestDecoder } from '@vcn-cni/cni-runtime/plugin';
import { CniError, ErrorCode } from '@vcn-cni/cni-spec';

/** What a connection brought: a request, something to be answered with an error, or nothing at all. */
export type Received = { request: FrameRequest } | { error: CniError } | undefined;

/** Reads one request frame. Resolves as soon as it is whole, malformed or late, or the caller has gone. */
export function readRequest(socket: Socket, deadlineMs: number): Promise<Received> {
  const decoder = new RequestDecoder();
  const { promise, resolve } = Promise.withResolvers<Received>();
  let bytes = 0;
  const settle = (state: ReturnType<RequestDecoder['push']>) => {
    if (state.state === 'done') resolve({ request: state.value });
    if (state.state === 'malformed') resolve({ error: state.error });
  };
  const onData = (chunk: Buffer) => {
    bytes += chunk.length;
    settle(decoder.push(chunk));
  };
  const onEnd = () => (bytes === 0 ? resolve(undefined) : settle(decoder.end()));
  const onClose = () => resolve(undefined);
  const timer = setTimeout(() => {
    resolve({
      error: new CniError(
        ErrorCode.TryAgainLater,
        `the request did not arrive within ${deadlineMs / 1000} s`,
        `${bytes} bytes came; the plugin must send its whole request at once`,
      ),
    });
  }, deadlineMs);
  socket.on('data', onData).once('end', onEnd).once('close', onClose);
  return promise.finally(() => {
    clearTimeout(timer);
    socket.off('data', onData).off('end', onEnd).off('close', onClose);
  });
}
