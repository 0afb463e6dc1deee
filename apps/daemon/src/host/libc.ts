/** The few calls of libc that Node does not offer. */
import { constants } from 'node:os';
import koffi from 'koffi';

/** socket(7), flock(2), clock_gettime(2); the same numbers on x86-64 and arm64. */
const SOL_SOCKET = 1;
const SO_PEERCRED = 17;
const SHUT_RD = 0;
const LOCK_EX = 2;
const LOCK_NB = 4;
const CLOCK_BOOTTIME = 7;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;

export interface Libc {
  /** Takes an exclusive flock; false while another process holds it. It ends with the descriptor. */
  tryLock(fd: number): boolean;
  /** SO_PEERCRED: the process at the other end of a unix socket. */
  peer(fd: number): { pid: number; uid: number; gid: number };
  /** Lets a listening socket refuse new connections; what waits in its queue can still be accepted. */
  refuseConnections(fd: number): void;
  /** Next connection from the queue of a listening socket, non-blocking; undefined when it is empty. */
  accept(fd: number): number | undefined;
  /** CLOCK_BOOTTIME in nanoseconds. */
  bootTime(): bigint;
}

/** @throws NodeJS.ErrnoException-like errors with `code` when the kernel refuses. */
export function loadLibc(): Libc {
  const libc = koffi.load(null);
  const flock = libc.func('int flock(int, int)');
  const getsockopt = libc.func(
    'int getsockopt(int, int, int, _Out_ uint8_t *, _Inout_ uint32_t *)',
  );
  const shutdown = libc.func('int shutdown(int, int)');
  const accept4 = libc.func('int accept4(int, void *, void *, int)');
  const clockGettime = libc.func('int clock_gettime(int, _Out_ int64_t *)');

  return {
    tryLock(fd) {
      if (flock(fd, LOCK_EX | LOCK_NB) === 0) return true;
      if (koffi.errno() === constants.errno.EWOULDBLOCK) return false;
      throw failure('flock');
    },
    peer(fd) {
      const credentials = new Int32Array(3);
      if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, new Uint8Array(credentials.buffer), [12]) !== 0)
        throw failure('getsockopt(SO_PEERCRED)');
      const [pid = 0, uid = 0, gid = 0] = credentials;
      return { pid, uid, gid };
    },
    refuseConnections(fd) {
      if (shutdown(fd, SHUT_RD) !== 0) throw failure('shutdown');
    },
    accept(fd) {
      const connection: number = accept4(fd, null, null, SOCK_NONBLOCK | SOCK_CLOEXEC);
      return connection < 0 ? undefined : connection;
    },
    bootTime() {
      const time = new BigInt64Array(2);
      if (clockGettime(CLOCK_BOOTTIME, time) !== 0) throw failure('clock_gettime');
      return time[0]! * 1_000_000_000n + time[1]!;
    },
  };
}

function failure(call: string): Error {
  const errno = koffi.errno();
  const code =
    Object.entries(constants.errno).find(([, value]) => value === errno)?.[0] ?? `${errno}`;
  return Object.assign(new Error(`${call}: ${code}`), { code, errno });
}
