import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import type { Lease } from '@vcn-cni/ipam';
import type { PodAsk } from '@vcn-cni/pod-network';
import type { Scene } from './deps.ts';

/**
 * Addresses for an ask, waited for a bounded time and in turn.
 * @throws CniError 11 when none came in time, 104 when a requested one cannot be had.
 */
export async function leaseAddresses(
  scene: Scene,
  ask: PodAsk,
  signal: AbortSignal,
): Promise<Lease> {
  const { key, requested } = ask;
  const { families } = scene.node();
  try {
    return await scene.pool.acquire(
      { key, families, ...(requested.length > 0 && { requested }) },
      { signal, waitMs: scene.settings.addressWaitMs },
    );
  } catch (error) {
    throw toCniError(error);
  }
}

/** By the reason of a PoolError; anything else is passed on. */
const codes: Record<string, number> = {
  exhausted: ErrorCode.TryAgainLater,
  aborted: ErrorCode.TryAgainLater,
  'no-family': ErrorCode.TryAgainLater,
  'requested-taken': ErrorCode.AddressNotAvailable,
  'requested-cooling': ErrorCode.AddressNotAvailable,
  'requested-foreign': ErrorCode.AddressNotAvailable,
  'invalid-ask': ErrorCode.InvalidNetworkConfig,
};

function toCniError(error: unknown): unknown {
  const { reason, message } = error as { reason?: string; message: string };
  const code = codes[reason ?? ''];
  return code === undefined ? error : new CniError(code, message, undefined, { cause: error });
}
