import type { Socket } from 'node:net';
import koffi from 'koffi';

/** ip(7), linux/netfilter_ipv4.h and linux/netfilter_ipv6/ip6_tables.h; the option has one number in both. */
const level = { inet: 0, inet6: 41 } as const;
const SO_ORIGINAL_DST = 80;

export interface Destination {
  address: string;
  port: number;
}

/**
 * Where a connection wanted to go before REDIRECT sent it here.
 * @throws Error where the kernel knows of no such connection.
 */
export function originalDestination(socket: Socket): Destination {
  const { fd } = (socket as unknown as { _handle: { fd: number } })._handle;
  const family = socket.remoteAddress?.startsWith('::ffff:') ? 'inet' : 'inet6';
  const found = getsockopt(fd, level[family]);
  // struct sockaddr_in and sockaddr_in6: the family, the port, then the address, for IPv6 behind the flow label.
  const port = found.readUInt16BE(2);
  if (family === 'inet') return { address: found.subarray(4, 8).join('.'), port };
  const words = Array.from({ length: 8 }, (_, n) => found.readUInt16BE(8 + 2 * n).toString(16));
  return { address: new URL(`http://[${words.join(':')}]`).hostname.slice(1, -1), port };
}

function getsockopt(fd: number, optionLevel: number): Buffer {
  const call = koffi
    .load(null)
    .func('int getsockopt(int, int, int, _Out_ uint8_t *, _Inout_ uint32_t *)');
  const value = Buffer.alloc(28);
  if (call(fd, optionLevel, SO_ORIGINAL_DST, value, [value.length]) === 0) return value;
  throw new Error(`SO_ORIGINAL_DST: errno ${koffi.errno()}`);
}
