import type { State } from './state.ts';

export interface Difference {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Lines of one state that are not in the other; of a line that repeats, as many as there are more. */
export function difference(before: State, after: State): Difference {
  return { removed: without(before, after), added: without(after, before) };
}

function without(lines: State, others: State): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
