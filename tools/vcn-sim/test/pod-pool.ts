import { createPool, type Family, type LeasedAddress, planPool } from '@vcn-cni/ipam';
import type { VnicPool } from '@vcn-cni/oci-vnic';
import type { SimClock } from '@vcn-cni/vcn-sim';

/** The pool of a node, with pods that come and go. It outlives the process that feeds it, as its records do. */
export interface PodPool extends VnicPool {
  /** How many pods there should be; those that find no address wait for one. */
  setPods(count: number): void;
  /** What pods have. */
  leased(): LeasedAddress[];
  /** Pods that have their addresses. */
  served(): number;
  /** CIDRs that are offered, with their VNICs; `draining`: nothing new of it is leased. */
  offered(): { cidr: string; vnic: string; draining?: boolean }[];
  /** Addresses of a family that are offered or in use. */
  total(family: Family): number;
}

export interface PodPoolOptions {
  families: readonly Family[];
  /** Addresses of one step: the size of a block. */
  step: number;
  warm?: number;
  min?: number;
  cooldownMs?: number;
}

const day = 86_400_000;

export function createPodPool(clock: SimClock, options: PodPoolOptions): PodPool {
  const { families, step, warm = 4, min = 0, cooldownMs = 30_000 } = options;
  const after = (ms: number, work: () => void) => clock.after(ms, work);
  const pool = createPool({ cooldownMs, families })({ now: () => clock.now(), after });
  const pods: { name: string; leave: AbortController }[] = [];
  let offered: readonly { cidr: string; vnic: string; draining?: boolean }[] = [];
  let serial = 0;

  const keyOf = (name: string) => ({ network: 'pods', containerId: name, ifname: 'eth0' });
  const leases = () => pods.flatMap(({ name }) => pool.lease(keyOf(name)) ?? []);

  return {
    wanted() {
      const plan = planPool(pool.counts().families, { warm, min, max: 110, step });
      return Object.fromEntries(
        families.map((family) => {
          const { atLeast, atMost } = plan[family];
          return [family, { atLeast, atMost }];
        }),
      );
    },
    usage() {
      const byCidr = Map.groupBy(pool.blocks(), ({ cidr }) => cidr);
      return [...byCidr].map(([cidr, blocks]) => ({
        cidr,
        leased: blocks.reduce((sum, { leased }) => sum + leased, 0),
        cooling: blocks.reduce((sum, { cooling }) => sum + cooling, 0),
      }));
    },
    offer(blocks) {
      offered = blocks;
      pool.setBlocks(blocks);
    },
    setPods(count) {
      for (const { name, leave } of pods.splice(count)) {
        leave.abort();
        pool.release(keyOf(name));
      }
      while (pods.length < count) {
        const pod = { name: `pod-${++serial}`, leave: new AbortController() };
        pods.push(pod);
        const ask = { key: keyOf(pod.name), families: [...families] };
        pool.acquire(ask, { signal: pod.leave.signal, waitMs: day }).catch(() => {});
      }
    },
    leased: () => leases().flatMap(({ addresses }) => addresses),
    served: () => leases().length,
    offered: () => [...offered],
    total: (family) => pool.counts().families[family].total,
  };
}
