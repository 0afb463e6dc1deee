export type { HandlerContext, PluginHandlers } from './handlers.ts';
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
