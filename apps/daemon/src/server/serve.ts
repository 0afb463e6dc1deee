import type { FrameAnswer, FrameRequest, HandlerContext } from '@vcn-cni/cni-runtime/plugin';

/** Answers one execution of the plugin. Never rejects. */
export type Serve = (request: FrameRequest, context: HandlerContext) => Promise<FrameAnswer>;
