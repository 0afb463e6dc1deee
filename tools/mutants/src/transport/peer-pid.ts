import type { Socket } from 'node:net';
import koffi from 'koffi';

/** unix(7), socket(7): the same numbers on x86-64 and arm64. */
const SOL_SOCKET = 1;
const SO_PEERCRED = 17;

/** The process at the other end of a unix socket. Throws Error where the kernel does not say. */
export function peerPid(socket: Socket): number {
  const { fd } = (socket as unknown as { _handle: { fd: number } })._handle;
  const getsockopt = koffi
    .load(null)
    .func('int getsockopt(int, int, int, _Out_ uint8_t *, _Inout_ uint32_t *)');
  const credentials = new Int32Array(3);
  const bytes = new Uint8Array(credentials.buffer);
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, bytes, [bytes.length]) !== 0)
    throw new Error(`getsockopt(SO_PEERCRED): errno ${koffi.errno()}`);
  return credentials[0]!;
}
