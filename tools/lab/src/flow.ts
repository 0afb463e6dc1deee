import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

/** One round trip over ICMP. */
export interface Ping {
  outcome: 'reached' | 'unreached';
  /** Milliseconds, of the last of `count` round trips. */
  rttMs?: number;
}

/** Sends `count` echo requests, 10 ms apart, and waits a second for the last. */
export async function ping(
  from: SandboxNamespace,
  to: string,
  options: { count?: number; size?: number; source?: string } = {},
): Promise<Ping> {
  const { count = 3, size = 56, source } = options;
  const { code, stdout } = await from.exec('ping', [
    ...['-n', '-c', String(count), '-i', '0.01', '-W', '1', '-s', String(size), '-M', 'do'],
    ...(source ? ['-I', source] : []),
    to,
  ]);
  if (code !== 0) return { outcome: 'unreached' };
  const times = [...stdout.matchAll(/time=([\d.]+) ms/g)];
  return { outcome: 'reached', rttMs: Number(times.at(-1)?.[1]) };
}
