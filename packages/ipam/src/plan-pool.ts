import type { AddressCounts } from './counts.ts';
import type { Family } from './family.ts';

/** How many addresses a node should hold. All whole numbers, not negative. */
export interface PoolPolicy {
  /** How many pods that come at once find an address without a call to the cloud. */
  warm: number;
  /** Never fewer addresses than this. */
  min: number;
  /** Most pods at once. */
  max: number;
  /**
   * How many addresses are added or given back at once: the size of a block, 1 for single addresses. A plan never
   * gives back what it would have to add again: what is held may exceed what is wanted by so many, and by `warm`.
   */
  step?: number;
}

/** What of `PoolCounts.families[family]` is looked at. */
export type PoolDemand = Pick<AddressCounts, 'leased' | 'cooling' | 'free'> & { waiting: number };

/** How many addresses of a family should be held, and what is missing or too many. */
export interface FamilyPlan {
  /** Fewer than this are too few. */
  atLeast: number;
  /** More than this are too many. */
  atMost: number;
  /** How many to add. */
  add: number;
  /** How many of the free ones to give back. Never together with `add`. */
  giveBack: number;
}

/**
 * How many addresses a pool should hold of each family, from present demand only: the same counts give the same plan,
 * however often it is asked and whatever is under way, so that it cannot wind up.
 *
 * Wanted is one address for each pod that is there or waits, and `warm` more, between `min` and `max`. A cooling address
 * counts as one that is held, since it comes back by itself before a new one would be missed; but it is worth nothing to
 * a pod that waits now, so for those who wait addresses are added even if others cool (beyond `max` by at most as many
 * as cool). No memory: between `atLeast` and `atMost` lies a band in which nothing is done.
 *
 * Throws RangeError naming the field that is not a whole number from 0 (`step`: from 1), or `min` above `max`.
 */
export function planPool(
  state: Readonly<Record<Family, PoolDemand>>,
  policy: PoolPolicy,
): Record<Family, FamilyPlan> {
  checkPolicy(policy);
  return { inet: planFamily(state.inet, policy), inet6: planFamily(state.inet6, policy) };
}

function planFamily(demand: PoolDemand, policy: PoolPolicy): FamilyPlan {
  const { leased, cooling, free, waiting } = demand;
  const { warm, min, max, step = 1 } = policy;
  const total = leased + cooling + free;
  const pods = Math.min(leased + waiting, Math.max(max, leased));
  const wanted = Math.max(min, Math.min(pods + warm, Math.max(max, pods)));
  const unserved = pods - leased - free;
  const atLeast = Math.max(wanted, unserved > 0 ? total + unserved : 0);
  const atMost = atLeast + warm + step;
  return {
    atLeast,
    atMost,
    add: Math.max(0, atLeast - total),
    giveBack: Math.max(0, Math.min(leased + free - pods, total - atMost)),
  };
}

function checkPolicy(policy: PoolPolicy): void {
  const { warm, min, max, step = 1 } = policy;
  for (const [name, value, least] of [
    ['warm', warm, 0],
    ['min', min, 0],
    ['max', max, 0],
    ['step', step, 1],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < least)
      throw new RangeError(`${name} is ${value}: give a whole number from ${least}`);
  }
  if (min > max)
    throw new RangeError(`min is ${min}, above max, which is ${max}: lower min or raise max`);
}
