/** Bringing `lo` of a new namespace up, as a container runtime does, without waiting for anything. */
import { libc } from './libc.ts';

const AF_NETLINK = 16;
const SOCK_RAW_CLOEXEC = 3 | 0x80000;
const RTM_SETLINK = 19;
const NLM_F_REQUEST = 1;
const IFF_UP = 1;
const LOOPBACK_INDEX = 1;

/** Sets `lo` of the calling thread's namespace up, synchronously: for use inside `inside`. */
export function loopbackUp(): void {
  const words = new Uint32Array([
    32,
    RTM_SETLINK | (NLM_F_REQUEST << 16),
    1,
    0,
    0,
    LOOPBACK_INDEX,
    IFF_UP,
    IFF_UP,
  ]);
  const fd = libc().socket(AF_NETLINK, SOCK_RAW_CLOEXEC, 0);
  if (fd < 0 || libc().sendNow(fd, new Uint8Array(words.buffer), 32, 0) !== 32) {
    throw new Error(`cannot bring lo up in a new namespace: errno ${libc().errno()}`);
  }
  libc().close(fd);
}
