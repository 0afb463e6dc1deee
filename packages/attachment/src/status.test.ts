import type { Invocation } from '@vcn-cni/cni-spec';
import { expect, test } from 'vitest';
import type { Scene } from './deps.ts';
import { status } from './status.ts';

const invocation = { config: { cniVersion: '1.1.0', name: 'pods', type: 'oci-vcn' } } as Invocation;

/** What STATUS says, an hour after the boot, of a pool that has been empty for `emptyMs`. */
function ask(given: {
  emptyMs?: number;
  missing?: string;
  growing?: boolean;
  stranded?: number;
  exhaustion?: 'error' | 'ready';
  degraded?: string;
}): Promise<string> {
  const now = 3_600_000;
  const { emptyMs, missing, growing = false, stranded = 0 } = given;
  const { exhaustion = 'error', degraded } = given;
  const scene = {
    health: { started: true, degraded },
    pool: { counts: () => (emptyMs === undefined ? {} : { exhaustedSince: now - emptyMs }) },
    source: { missing: () => missing, growing: () => growing, stranded: () => stranded },
    clock: { bootTime: () => BigInt(now) * 1_000_000n },
    settings: { status: { exhaustedAfterMs: 30_000, exhaustion } },
  } as unknown as Scene;
  return status(scene, invocation).then(
    () => 'ready',
    ({ code, msg }) => `${code} ${msg}`,
  );
}

test.each([
  [{}, 'ready'],
  [{ missing: 'no addresses yet' }, '50 no addresses yet'],
  [{ missing: 'no addresses yet', exhaustion: 'ready' as const }, '50 no addresses yet'],
  [{ missing: 'the VNIC is gone', stranded: 2 }, '51 the VNIC is gone'],
  [{ stranded: 2 }, 'ready'],
  [{ emptyMs: 29_999 }, 'ready'],
  [
    { emptyMs: 30_000 },
    '50 the pool has been without a free address for 30 s; add blocks or delete pods',
  ],
  [{ emptyMs: 30_000, exhaustion: 'ready' as const }, 'ready'],
  [{ emptyMs: 30_000, growing: true }, 'ready'],
  [{ emptyMs: 30_000, growing: true, degraded: 'rules are missing' }, '51 rules are missing'],
])('%j: %s', async (given, expected) => {
  expect(await ask(given)).toBe(expected);
});
