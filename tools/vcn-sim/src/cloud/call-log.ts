/** How often each operation was called, and what came of it. */
export interface CallLog {
  /** `outcome`: the status, or `lost`, `away`. */
  record(operation: string, outcome: string): void;
  counts(): CallCounts;
  reset(): void;
}

export interface CallCounts {
  total: number;
  operations: Record<string, Record<string, number>>;
}

export function createCallLog(): CallLog {
  let operations: CallCounts['operations'] = {};
  return {
    record(operation, outcome) {
      operations[operation] ??= {};
      const outcomes = operations[operation];
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    },
    counts: () => ({
      total: Object.values(operations)
        .flatMap((outcomes) => Object.values(outcomes))
        .reduce((sum, count) => sum + count, 0),
      operations: structuredClone(operations),
    }),
    reset() {
      operations = {};
    },
  };
}
