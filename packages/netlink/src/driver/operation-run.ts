/** Operations by the way in which they are done. */
import type { Operation } from '../state.ts';

/** Files, deletions of links (which make their sender wait), and all that goes in one send. */
export type RunKind = 'sysctl' | 'delete' | 'batch';

function kindOf({ op }: Operation): RunKind {
  if (op === 'sysctl.set') return 'sysctl';
  return op === 'link.delete' ? 'delete' : 'batch';
}

/** Neighbouring operations of one kind go together; kinds keep their order. */
export function runAt(
  operations: readonly Operation[],
  from: number,
): { kind: RunKind; end: number } {
  const kind = kindOf(operations[from]!);
  let end = from + 1;
  while (end < operations.length && kindOf(operations[end]!) === kind) end++;
  return { kind, end };
}
