/** The few libc calls that Node lacks, through koffi. */
import { requireOptional } from './optional.ts';

const SOL_SOCKET = 1;
const SO_ATTACH_FILTER = 26;

export interface Libc {
  setns(fd: number, type: number): number;
  unshare(flags: number): number;
  dup(fd: number): number;
  close(fd: number): number;
  socket(domain: number, type: number, protocol: number): number;
  getsockname(fd: number, address: Uint8Array, length: Uint8Array): number;
  setsockopt(fd: number, level: number, option: number, value: Uint8Array, length: number): number;
  getsockopt(
    fd: number,
    level: number,
    option: number,
    value: Uint8Array,
    length: Uint8Array,
  ): number;
  /** SO_ATTACH_FILTER: classic BPF instructions of eight bytes each. */
  attachFilter(fd: number, instructions: Uint8Array): number;
  recv(fd: number, buffer: Uint8Array, length: number, flags: number): number;
  fstatfs(fd: number, buffer: Uint8Array): number;
  ioctl(fd: number, request: number): number;
  sendNow(fd: number, data: Uint8Array, length: number, flags: number): number;
  /** `send(2)` on a thread of the pool: what blocks there does not block the caller. */
  sendAway(fd: number, data: Uint8Array, flags: number): Promise<number>;
  /** `recv(2)` on a thread of the pool, into `buffer`. */
  recvAway(fd: number, buffer: Uint8Array, flags: number): Promise<number>;
  /** errno of the last call that failed on this thread. */
  errno(): number;
}

interface Callable {
  (...args: unknown[]): number;
  async(...args: unknown[]): void;
}

interface Koffi {
  struct(name: string, members: Record<string, string>): unknown;
  load(name: string | null): { func(definition: string): Callable };
  errno(): number;
}

const architectures: Record<string, string> = { x64: 'x86_64', arm64: 'aarch64', arm: 'armv7' };

function loadLibrary(koffi: Koffi): ReturnType<Koffi['load']> {
  const musl = `libc.musl-${architectures[process.arch] ?? process.arch}.so.1`;
  for (const name of ['libc.so.6', musl]) {
    try {
      return koffi.load(name);
    } catch {
      // The other C library, then.
    }
  }
  return koffi.load(null);
}

/** The call on a thread of libuv's pool. */
function away(call: Callable, ...args: unknown[]): Promise<number> {
  return new Promise((resolve, reject) => {
    call.async(...args, (error: unknown, result: number) =>
      error ? reject(error) : resolve(result),
    );
  });
}

function load(): Libc {
  const koffi = requireOptional('koffi') as Koffi;
  const library = loadLibrary(koffi);
  const send = library.func('intptr_t send(int fd, const uint8_t *data, size_t length, int flags)');
  const receive = library.func(
    'intptr_t recv(int fd, _Out_ uint8_t *buffer, size_t length, int flags)',
  );
  // struct sock_fprog of linux/filter.h
  koffi.struct('sock_fprog', { len: 'uint16_t', filter: 'const uint8_t *' });
  const setFilter = library.func(
    'int setsockopt(int fd, int level, int option, const sock_fprog *value, unsigned int length)',
  ) as unknown as (
    fd: number,
    level: number,
    option: number,
    program: { len: number; filter: Uint8Array },
    length: number,
  ) => number;
  return {
    setns: library.func('int setns(int fd, int type)'),
    unshare: library.func('int unshare(int flags)'),
    dup: library.func('int dup(int fd)'),
    close: library.func('int close(int fd)'),
    socket: library.func('int socket(int domain, int type, int protocol)'),
    getsockname: library.func(
      'int getsockname(int fd, _Inout_ uint8_t *address, _Inout_ uint8_t *length)',
    ),
    getsockopt: library.func(
      'int getsockopt(int fd, int level, int option, _Inout_ uint8_t *value, _Inout_ uint8_t *length)',
    ),
    setsockopt: library.func(
      'int setsockopt(int fd, int level, int option, const uint8_t *value, unsigned int length)',
    ),
    recv: receive,
    fstatfs: library.func('int fstatfs(int fd, _Out_ uint8_t *buffer)'),
    ioctl: library.func('int ioctl(int fd, unsigned long request)'),
    attachFilter: (fd, instructions) =>
      setFilter(
        fd,
        SOL_SOCKET,
        SO_ATTACH_FILTER,
        { len: instructions.length / 8, filter: instructions },
        16,
      ),
    sendNow: send,
    recvAway: (fd, buffer, flags) => away(receive, fd, buffer, buffer.length, flags),
    sendAway: (fd, data, flags) => away(send, fd, data, data.length, flags),
    errno: () => koffi.errno(),
  };
}

let loaded: Libc | undefined;

/** The C library, loaded once: koffi's definitions are constants that cost memory each time. */
export function libc(): Libc {
  loaded ??= load();
  return loaded;
}
