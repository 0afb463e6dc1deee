import type { Family } from './family.ts';

/** A VNIC as the choice sees it: how many addresses it could lease now. */
export interface VnicCandidate {
  readonly vnic: string;
  readonly free: Readonly<Record<Family, number>>;
}

/**
 * Which VNIC serves a pod: the one with most addresses free in the scarcer of the wanted families, so that pods spread
 * over VNICs; the first of equals. Undefined if none has all the families. Within a VNIC the address then follows:
 * the next never used, else the one released longest ago.
 */
export function chooseVnic<T extends VnicCandidate>(
  candidates: Iterable<T>,
  families: readonly Family[],
): T | undefined {
  let best: T | undefined;
  let most = 0;
  for (const candidate of candidates) {
    const free = Math.min(...families.map((family) => candidate.free[family]));
    if (free > most) {
      best = candidate;
      most = free;
    }
  }
  return best;
}
