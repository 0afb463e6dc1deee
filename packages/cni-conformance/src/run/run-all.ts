/** Does `run` for each, at most `width` at once; yields results as they come. The first rejection ends it. */
export async function* runAll<Item, Result>(
  items: readonly Item[],
  width: number,
  run: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running = new Map<number, Promise<{ at: number; result: Result }>>();
  let next = 0;
  while (next < items.length || running.size > 0) {
    while (next < items.length && running.size < width) {
      const at = next++;
      running.set(
        at,
        run(items[at]!).then((result) => ({ at, result })),
      );
    }
    const { at, result } = await Promise.race(running.values());
    running.delete(at);
    yield result;
  }
}
