/** The plugin author's side: one function a verb. */
import type { Invocation, Result } from '@vcn-cni/cni-spec';

export interface HandlerContext {
  /** Aborted when the caller gives up or the deadline has passed. */
  signal: AbortSignal;
  /** Process that called, where a socket told it (SO_PEERCRED). */
  callerPid?: number;
  /** CLOCK_BOOTTIME in nanoseconds at which a spooled request was written. */
  spooledAt?: bigint;
}

export interface PluginHandlers {
  add?: (invocation: Invocation, context: HandlerContext) => Promise<Result>;
  del?: (invocation: Invocation, context: HandlerContext) => Promise<void>;
  check?: (invocation: Invocation, context: HandlerContext) => Promise<void>;
  gc?: (invocation: Invocation, context: HandlerContext) => Promise<void>;
  status?: (invocation: Invocation, context: HandlerContext) => Promise<void>;
}
