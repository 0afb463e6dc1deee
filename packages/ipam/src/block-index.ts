import type { BlockState } from './block-state.ts';
import { networkOf } from './cidr.ts';
import { type Family, families } from './family.ts';
import { PoolError } from './pool-error.ts';

/** Finds the block of an address by one look-up per prefix length in use. */
export class BlockIndex {
  readonly #byPrefix: Record<Family, Map<number, Map<bigint, BlockState>>> = {
    inet: new Map(),
    inet6: new Map(),
  };

  /** Throws PoolError `invalid-block` if two of them overlap. */
  constructor(states: Iterable<BlockState>) {
    const all = [...states];
    for (const state of all) {
      const { family, prefix, base } = state.cidr;
      const bases = this.#byPrefix[family].get(prefix) ?? new Map<bigint, BlockState>();
      this.#byPrefix[family].set(prefix, bases.set(base, state));
    }
    for (const state of all) {
      const wider = this.find(state.cidr.family, state.cidr.base, state.cidr.prefix);
      if (wider) {
        throw new PoolError(
          'invalid-block',
          `block ${state.cidr.text} lies within block ${wider.cidr.text}; list each address once`,
        );
      }
    }
  }

  /** The block that holds the address, among those of fewer than `below` bits. */
  find(family: Family, value: bigint, below = Number.POSITIVE_INFINITY): BlockState | undefined {
    for (const [prefix, bases] of this.#byPrefix[family]) {
      const state = prefix < below && bases.get(networkOf(family, prefix, value));
      if (state) return state;
    }
    return undefined;
  }

  /** The CIDRs, for messages. */
  describe(): string {
    const texts = families.flatMap((family) =>
      [...this.#byPrefix[family].values()].flatMap((bases) =>
        [...bases.values()].map((state) => state.cidr.text),
      ),
    );
    return texts.length > 8
      ? `${texts.slice(0, 8).join(', ')} and ${texts.length - 8} more`
      : texts.join(', ') || 'it has none';
  }
}
