/** Aborts after so many milliseconds, at least one and not necessarily a whole number, or with the signal. */
export function timeLimit(ms: number, signal: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(Math.max(1, Math.ceil(ms)));
  return signal ? AbortSignal.any([limit, signal]) : limit;
}
