/** How long an operation may take. */
export interface OperationOptions {
  /** Gives the operation up and kills the running plugin; the operation rejects with its reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole operation, waiting for others included; then it fails with code 11. */
  timeout?: number | undefined;
}

/** One signal for both; undefined if there is neither. */
export function operationSignal({ signal, timeout }: OperationOptions): AbortSignal | undefined {
  if (timeout === undefined) return signal;
  const deadline = AbortSignal.timeout(timeout);
  return signal ? AbortSignal.any([signal, deadline]) : deadline;
}
