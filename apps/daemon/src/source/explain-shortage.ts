import { type Pool, PoolError, type PoolErrorReason } from '@vcn-cni/ipam';
import type { WaitReport } from '../vnics-report.ts';

const inVain: ReadonlySet<PoolErrorReason> = new Set(['exhausted', 'no-family']);

/** The same pool; an ask that waits in vain is told what its source of addresses waits for. */
export function explainShortage(pool: Pool, waits: () => readonly WaitReport[]): Pool {
  return {
    ...pool,
    async acquire(ask, options) {
      try {
        return await pool.acquire(ask, options);
      } catch (error) {
        if (!(error instanceof PoolError) || !inVain.has(error.reason)) throw error;
        const texts = waits().map(({ text }) => text);
        throw new PoolError(error.reason, [error.message, ...texts].join('; '));
      }
    },
  };
}
