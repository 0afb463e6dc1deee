import type { Call } from '../../plugin-harness.ts';

/**
 * Moments, in milliseconds, spread over the time that an execution takes: from its first instructions to just after
 * its usual end.
 */
export const momentsOf = (
  { durationMs }: Pick<Call, 'durationMs'>,
  count = 10,
): readonly number[] =>
  Array.from({ length: count }, (_, at) => ((at + 0.5) / (count - 1)) * durationMs);
