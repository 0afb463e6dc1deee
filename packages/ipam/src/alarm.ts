import type { PoolDeps } from './pool-contract.ts';

/** The longest that setTimeout can wait. */
const longest = 2 ** 31 - 1;

/** `after` by setTimeout. */
export function afterTimeout(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, Math.min(Math.max(Math.ceil(ms), 0), longest));
  return () => clearTimeout(timer);
}

/** One timer that rings at a moment of a clock, or some time before it: who set it looks at the clock. */
export class Alarm {
  readonly #deps: Required<Pick<PoolDeps, 'now' | 'after'>>;
  readonly #ring: () => void;
  #at: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(deps: Required<Pick<PoolDeps, 'now' | 'after'>>, ring: () => void) {
    this.#deps = deps;
    this.#ring = ring;
  }

  /** Replaces the moment; undefined: none. */
  set(at: number | undefined): void {
    if (at === this.#at) return;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#at = at;
    if (at === undefined) return;
    this.#cancel = this.#deps.after(at - this.#deps.now(), () => {
      this.#at = undefined;
      this.#ring();
    });
  }
}
