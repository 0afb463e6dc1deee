import type { Family, OfferedBlock, VnicPool } from '../src/index.ts';

/** A pool that leases each pod an address of each family, of what it is offered. */
export interface FixturePool extends VnicPool {
  /** How many pods there should be; leases and ends leases to get there, as far as it can. */
  setPods(count: number): void;
  leased(): { address: string; vnic: string }[];
  /** Addresses that a pod could have now. */
  free(): number;
  /** Addresses of a family that are offered, default IPv4. */
  capacity(family?: Family): number;
  blocks(): readonly OfferedBlock[];
}

interface Leased {
  family: Family;
  block: string;
  vnic: string;
}

export function createFixturePool(
  clock: { now(): number },
  settings: {
    warm: number;
    band: number;
    cooldownMs: number;
    blockSize: number;
    families: readonly Family[];
  },
): FixturePool {
  const { warm, band, cooldownMs, blockSize, families } = settings;
  const leases = new Map<string, Leased>();
  const cooling = new Map<string, { block: string; until: number }>();
  let blocks: readonly OfferedBlock[] = [];
  let pods = 0;

  const cooled = (): void => {
    for (const [address, { until }] of cooling) if (until <= clock.now()) cooling.delete(address);
  };
  const of = (family: Family) => [...leases].filter(([, lease]) => lease.family === family);
  const lease = (): void => {
    cooled();
    const missing = { inet: pods - of('inet').length, inet6: pods - of('inet6').length };
    for (const { cidr, vnic, draining } of blocks) {
      const family = familyOf(cidr);
      if (draining || !families.includes(family)) continue;
      for (const address of addressesOf(cidr)) {
        if (missing[family] <= 0) break;
        if (leases.has(address) || cooling.has(address)) continue;
        leases.set(address, { family, block: cidr, vnic });
        missing[family]--;
      }
    }
  };

  return {
    wanted() {
      const bounds = { atLeast: pods + warm, atMost: pods + warm + band + blockSize };
      return Object.fromEntries(families.map((family) => [family, bounds]));
    },
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
      for (const [address, { block }] of families.flatMap((family) => of(family).slice(count))) {
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
    capacity: (family = 'inet') =>
      blocks
        .filter(({ cidr, draining }) => !draining && familyOf(cidr) === family)
        .reduce((sum, { cidr }) => sum + addressesOf(cidr).length, 0),
    blocks: () => blocks,
  };
}

/** Every address of a CIDR; an IPv6 one ends with `::` and at most four digits, as the fake cloud gives them. */
export function addressesOf(cidr: string): string[] {
  const [address = '', length = '32'] = cidr.split('/');
  if (familyOf(cidr) === 'inet6') {
    const [head = '', tail = ''] = address.split('::');
    const first = Number.parseInt(tail || '0', 16);
    const size = 2 ** (128 - Number(length));
    return Array.from({ length: size }, (_, n) => `${head}::${(first + n).toString(16)}`);
  }
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return Array.from({ length: 2 ** (32 - Number(length)) }, (_, n) =>
    [24, 16, 8, 0].map((shift) => Math.floor((first + n) / 2 ** shift) % 256).join('.'),
  );
}

function familyOf(cidr: string): Family {
  return cidr.includes(':') ? 'inet6' : 'inet';
}
