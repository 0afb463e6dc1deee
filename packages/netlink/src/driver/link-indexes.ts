/** ifindexes by link name, remembered from creation, so that nothing has to be asked on the way of a pod. */

/** Enough for every link of a node; a forgotten one costs a question. */
const CAPACITY = 4096;
const LOOPBACK_INDEX = 1;

export class LinkIndexes {
  readonly #indexes = new Map<string, number>();

  constructor() {
    this.clear();
  }

  get(name: string): number | undefined {
    return this.#indexes.get(name);
  }

  set(name: string, index: number): void {
    this.#indexes.delete(name);
    this.#indexes.set(name, index);
    if (this.#indexes.size <= CAPACITY) return;
    for (const oldest of this.#indexes.keys()) {
      this.#indexes.delete(oldest);
      break;
    }
  }

  forget(name: string): void {
    this.#indexes.delete(name);
  }

  /** `lo` is 1 in every namespace (linux/if.h, LOOPBACK_IFINDEX). */
  clear(): void {
    this.#indexes.clear();
    this.#indexes.set('lo', LOOPBACK_INDEX);
  }
}
