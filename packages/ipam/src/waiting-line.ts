import { Chain, type Link } from './chain.ts';
import type { Family } from './family.ts';

/** What a waiting line needs to know of one who waits. */
export interface Waiting<T> extends Link<T> {
  /** Families of which any address will do. */
  readonly families: readonly Family[];
  /** Position of arrival. */
  readonly arrival: number;
}

/**
 * First come, first served among those who want the same families, so that one who waits for IPv6 does not hold up
 * those who want IPv4 only. The first of each kind has one address of each of its families kept from those who came
 * later: one who needs both families is therefore never starved by a stream of those who need one.
 */
export class WaitingLine<T extends Waiting<T>> {
  readonly #kinds = new Map<string, Chain<T>>();
  length = 0;

  push(waiter: T): void {
    const kind = waiter.families.join();
    let chain = this.#kinds.get(kind);
    if (!chain) {
      chain = new Chain<T>();
      this.#kinds.set(kind, chain);
    }
    chain.push(waiter);
    this.length++;
  }

  remove(waiter: T): void {
    this.#kinds.get(waiter.families.join())!.remove(waiter);
    this.length--;
  }

  /** Who is served next if so many addresses are free; undefined if nobody can be. */
  next(free: Readonly<Record<Family, number>>): T | undefined {
    if (this.length === 0) return undefined;
    const left = { ...free };
    const heads = [...this.#kinds.values()].flatMap((chain) => chain.first ?? []);
    for (const head of heads.sort((a, b) => a.arrival - b.arrival)) {
      if (head.families.every((family) => left[family] > 0)) return head;
      for (const family of head.families) left[family]--;
    }
    return undefined;
  }

  /** How many wait for an address of the family. */
  count(family: Family): number {
    let count = 0;
    for (const chain of this.#kinds.values()) {
      if (chain.first?.families.includes(family)) count += chain.length;
    }
    return count;
  }
}
