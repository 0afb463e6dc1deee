import type { OfferedBlock, VnicPool } from '../src/index.ts';

/** A pool that leases single addresses of what it is offered, and remembers what must not happen. */
export interface FixturePool extends VnicPool {
  /** How many pods there should be; leases and ends leases to get there, as far as it can. */
  setPods(count: number): void;
  leased(): { address: string; vnic: string }[];
  /** Addresses that a pod could have now. */
  free(): number;
  capacity(): number;
  blocks(): readonly OfferedBlock[];
}

interface Leased {
  block: string;
  vnic: string;
}

export function createFixturePool(
  clock: { now(): number },
  settings: { warm: number; band: number; cooldownMs: number; blockSize: number },
): FixturePool {
  const { warm, band, cooldownMs, blockSize } = settings;
  const leases = new Map<string, Leased>();
  const cooling = new Map<string, { block: string; until: number }>();
  let blocks: readonly OfferedBlock[] = [];
  let pods = 0;

  const cooled = (): void => {
    for (const [address, { until }] of cooling) if (until <= clock.now()) cooling.delete(address);
  };
  const lease = (): void => {
    cooled();
    for (const { cidr, vnic, draining } of blocks) {
      if (draining) continue;
      for (const address of addressesOf(cidr)) {
        if (leases.size >= pods) return;
        if (!leases.has(address) && !cooling.has(address))
          leases.set(address, { block: cidr, vnic });
      }
    }
  };

  return {
    wanted: () => ({ inet: { atLeast: pods + warm, atMost: pods + warm + band + blockSize } }),
    usage() {
      cooled();
      return blocks.map(({ cidr }) => ({
        cidr,
        leased: [...leases.values()].filter(({ block }) => block === cidr).length,
        cooling: [...cooling.values()].filter(({ block }) => block === cidr).length,
      }));
    },
    offer(offered) {
      const seen = new Set<string>();
      for (const { cidr } of offered) {
        if (seen.has(cidr)) throw new Error(`${cidr} is offered twice`);
        seen.add(cidr);
      }
      blocks = offered;
      lease();
    },
    setPods(count) {
      pods = count;
      for (const [address, { block }] of [...leases].slice(count)) {
        leases.delete(address);
        cooling.set(address, { block, until: clock.now() + cooldownMs });
      }
      lease();
    },
    leased: () => [...leases].map(([address, { vnic }]) => ({ address, vnic })),
    free: () =>
      blocks
        .filter(({ draining }) => !draining)
        .reduce(
          (sum, { cidr }) =>
            sum +
            addressesOf(cidr).filter((address) => !leases.has(address) && !cooling.has(address))
              .length,
          0,
        ),
    capacity: () =>
      blocks
        .filter(({ draining }) => !draining)
        .reduce((sum, { cidr }) => sum + addressesOf(cidr).length, 0),
    blocks: () => blocks,
  };
}

/** Every address of an IPv4 CIDR. */
export function addressesOf(cidr: string): string[] {
  const [address = '', length = '32'] = cidr.split('/');
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return Array.from({ length: 2 ** (32 - Number(length)) }, (_, n) =>
    [24, 16, 8, 0].map((shift) => Math.floor((first + n) / 2 ** shift) % 256).join('.'),
  );
}
