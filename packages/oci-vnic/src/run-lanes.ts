/**
 * Runs work over items: those of one lane one after the other, until one answers false, which ends its lane; so many
 * lanes at once. Rejects with the first rejection, when what is under way has ended.
 */
export async function runLanes<T>(
  items: readonly T[],
  laneOf: (item: T, index: number) => string,
  atOnce: number,
  work: (item: T) => Promise<boolean>,
): Promise<void> {
  const lanes = [...Map.groupBy(items.entries(), ([index, item]) => laneOf(item, index)).values()];
  const next = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift())
      for (const [, item] of lane) if (!(await work(item))) break;
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, next));
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
}
