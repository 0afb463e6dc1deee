/** What a verb is told beside its invocation; the handler context of a dispatcher satisfies it by shape. */
export interface HandlerContext {
  signal: AbortSignal;
  callerPid?: number;
  /** CLOCK_BOOTTIME in nanoseconds at which a spooled DEL was written. */
  spooledAt?: bigint;
}
