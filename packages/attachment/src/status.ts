import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import type { Scene } from './deps.ts';

/**
 * STATUS (SPEC section 2): whether an ADD could be served, from memory alone.
 * @throws CniError 50 while starting or without addresses, 51 when running pods are cut off too.
 */
export async function status({ health, pool, clock, settings }: Scene): Promise<void> {
  if (!health.started) {
    throw new CniError(ErrorCode.PluginNotAvailable, 'the daemon is starting; ask again shortly');
  }
  if (health.degraded !== undefined) {
    throw new CniError(ErrorCode.LimitedConnectivity, health.degraded);
  }
  const { exhaustedAfterMs, exhaustion } = settings.status;
  const since = pool.exhaustedSince();
  if (exhaustion === 'ready' || since === undefined) return;
  const forMs = Number(clock.bootTime() / 1_000_000n) - since;
  if (forMs < exhaustedAfterMs) return;
  throw new CniError(
    ErrorCode.PluginNotAvailable,
    `the pool has been without a free address for ${Math.round(forMs / 1000)} s; add blocks or delete pods`,
  );
}
