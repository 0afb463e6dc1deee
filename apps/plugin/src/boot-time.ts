import { readFileSync } from 'node:fs';

/**
 * CLOCK_BOOTTIME in nanoseconds, never later than it really is. Node has no such clock, so this is
 * the later of two that cannot run ahead of it: CLOCK_MONOTONIC, which is the same except that it
 * stands still while the machine is suspended, and /proc/uptime, which is cut to 10 ms.
 */
export function bootTime(): bigint {
  const monotonic = process.hrtime.bigint();
  const [seconds = '0', hundredths = '0'] = readFileSync('/proc/uptime', 'latin1').split(/[. ]/);
  const uptime = BigInt(seconds) * 1_000_000_000n + BigInt(hundredths) * 10_000_000n;
  return uptime > monotonic ? uptime : monotonic;
}
