import { CniError, ErrorCode, type Invocation } from '@vcn-cni/cni-spec';
import type { Scene } from './deps.ts';
import { refuseIpam } from './read-ask.ts';

/**
 * STATUS (SPEC section 2): whether an ADD could be served, from memory alone.
 * @throws CniError 2 for a configuration with which no ADD would be served, 50 while starting or without addresses, 51 when running pods are cut off too.
 */
export async function status(
  { health, pool, source, clock, settings }: Scene,
  { config }: Invocation,
): Promise<void> {
  refuseIpam(config);
  if (!health.started) {
    throw new CniError(ErrorCode.PluginNotAvailable, 'the daemon is starting; ask again shortly');
  }
  if (health.degraded !== undefined) {
    throw new CniError(ErrorCode.LimitedConnectivity, health.degraded);
  }
  const missing = source?.missing();
  if (missing !== undefined) {
    const cutOff = (source?.stranded() ?? 0) > 0;
    const code = cutOff ? ErrorCode.LimitedConnectivity : ErrorCode.PluginNotAvailable;
    throw new CniError(code, missing);
  }
  const { exhaustedAfterMs, exhaustion } = settings.status;
  const { exhaustedSince: since } = pool.counts();
  if (exhaustion === 'ready' || since === undefined || source?.growing()) return;
  const forMs = Number(clock.bootTime() / 1_000_000n) - since;
  if (forMs < exhaustedAfterMs) return;
  throw new CniError(
    ErrorCode.PluginNotAvailable,
    `the pool has been without a free address for ${Math.round(forMs / 1000)} s; add blocks or delete pods`,
  );
}
