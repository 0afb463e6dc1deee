import {
  type AddressAsk,
  type Block,
  createPool,
  type Lease,
  PoolError,
  type PoolOptions,
} from '../src/index.ts';
import { createManualClock } from './manual-clock.ts';

export const key = (name: string | number) => ({
  network: 'oci-vcn',
  containerId: String(name),
  ifname: 'eth0',
});

/** A pool on a clock of its own, and short ways to ask of it. */
export function setUpPool(blocks: Block[], options: PoolOptions = { cooldownMs: 1000 }) {
  const clock = createManualClock();
  const cooled: string[] = [];
  let changes = 0;
  const pool = createPool(options)({
    ...clock,
    cooled: (addresses) => cooled.push(...addresses),
    changed: () => changes++,
  });
  pool.setBlocks(blocks);
  const ask = (
    name: string | number,
    wish: Partial<AddressAsk> & { waitMs?: number; signal?: AbortSignal } = {},
  ): Promise<Lease> => {
    const { waitMs = 0, signal = new AbortController().signal, ...rest } = wish;
    return pool.acquire({ key: key(name), families: ['inet'], ...rest }, { signal, waitMs });
  };
  /** The addresses, or the reason why not. */
  const get = async (...wish: Parameters<typeof ask>): Promise<string> => {
    try {
      return textOf(await ask(...wish));
    } catch (error) {
      if (error instanceof PoolError) return error.reason;
      throw error;
    }
  };
  /** How often demand changed since it was last asked. */
  const changed = () => {
    const since = changes;
    changes = 0;
    return since;
  };
  return { pool, clock, cooled, changed, ask, get };
}

export function textOf(lease: Lease): string {
  return lease.addresses.map(({ address }) => address).join(' ');
}

/** Lets every promise that is settled run on. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
