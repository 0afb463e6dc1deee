/** The plugin author's side: one function a verb. */
import type { Invocation, Result } from '@vcn-cni/cni-spec';
import type { Execution } from './dispatch.ts';

export interface HandlerContext {
  /** Aborted when the caller gives up or the deadline has passed. */
  signal: AbortSignal;
  /** Process that called, where a socket told it (SO_PEERCRED). */
  callerPid?: number;
  /** CLOCK_BOOTTIME in nanoseconds at which a spooled request was written. */
  spooledAt?: bigint;
}

/** `execution` is the call as it came in, for handlers that delegate. */
type Handler<T> = (
  invocation: Invocation,
  context: HandlerContext,
  execution: Execution,
) => Promise<T>;

export interface PluginHandlers {
  add?: Handler<Result>;
  del?: Handler<void>;
  check?: Handler<void>;
  gc?: Handler<void>;
  status?: Handler<void>;
}
