// For users: plugin authors.

export type { Answer } from './answer.ts';
export { type DelegateOptions, delegate, delegateAdd } from './delegate.ts';
export { type DispatchOptions, dispatch, type Execution } from './dispatch.ts';
export { guardHostNamespace } from './guard-host-namespace.ts';
export type { HandlerContext, PluginHandlers } from './handlers.ts';
export { type PluginProcess, type RunPluginOptions, runPlugin } from './run-plugin.ts';

// For implementers: the frames between a relay and its daemon, the spool, limits.

export { type FrameState, frameLimits, frameVersion } from './frame.ts';
export { AnswerDecoder, decodeAnswer, encodeAnswer, type FrameAnswer } from './frame-answer.ts';
export { topLevelString } from './frame-member.ts';
export {
  decodeRequest,
  encodeRequest,
  encodeRequestEntries,
  type FrameRequest,
  isForwarded,
  RequestDecoder,
} from './frame-request.ts';
export {
  decodeSpoolFile,
  encodeSpoolFile,
  type SpoolFile,
  type SpoolIdentity,
  spoolFileName,
  spoolLimits,
} from './spool.ts';
export { maximumStdinBytes } from './standard-input.ts';
