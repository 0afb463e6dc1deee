import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bootTime } from './boot-time.ts';

it('lies between two readings of the kernel, and runs forward', () => {
  const uptime = () =>
    BigInt(readFileSync('/proc/uptime', 'latin1').split(' ')[0]!.replace('.', ''));
  const before = uptime();
  const first = bootTime();
  const second = bootTime();
  expect(second).toBeGreaterThan(first);
  expect(first / 10_000_000n).toBeGreaterThanOrEqual(before);
  expect(second / 10_000_000n).toBeLessThanOrEqual(uptime());
});
