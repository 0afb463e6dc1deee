/** From a request to its answer: deadline, dispatch, one line of log, one measurement. */
import {
  type FrameAnswer,
  type FrameRequest,
  type HandlerContext,
  type PluginHandlers,
  topLevelString,
} from '@vcn-cni/cni-runtime/plugin';
import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import type { Log } from '../log/log.ts';
import { errorAnswer } from './error-answer.ts';
import type { Serve } from './serve.ts';

/** One verb that was answered. */
export interface VerbSample {
  verb: string;
  /** CNI error code; 0 is success. */
  code: number;
  seconds: number;
}

/** How long a handler may take to come back once its deadline has passed. */
const windDownMs = 5_000;

export interface ServeVerbsDeps {
  handlers: PluginHandlers;
  dispatch(
    handlers: PluginHandlers,
    request: FrameRequest,
    context: HandlerContext,
  ): Promise<FrameAnswer>;
  log: Log;
  observe(sample: VerbSample): void;
  /** Milliseconds in which a verb must be over. */
  deadlineMs: number;
}

export function serveVerbs(deps: ServeVerbsDeps): Serve {
  return async (request, context) => {
    const started = performance.now();
    const answer = await withDeadline(deps.deadlineMs, context, (bounded) =>
      deps.dispatch(deps.handlers, request, bounded),
    );
    const ms = performance.now() - started;
    const verb = request.environment['CNI_COMMAND'] ?? '';
    const failure = answer.exitCode === 0 ? undefined : readFailure(answer.stdout);
    deps.observe({ verb, code: failure?.code ?? 0, seconds: ms / 1000 });
    const fields = {
      verb,
      containerId: request.environment['CNI_CONTAINERID'],
      ifname: request.environment['CNI_IFNAME'],
      network: topLevelString(request.stdin, 'name'),
      ms: Math.round(ms * 10) / 10,
      code: failure?.code ?? 0,
      ...(failure && { error: failure.msg, details: failure.details }),
      ...(context.spooledAt !== undefined && { spooled: true }),
      ...(context.callerPid !== undefined && { callerPid: context.callerPid }),
    };
    if (failure) deps.log.warn(fields, `${verb} failed`);
    // Runtimes ask for STATUS and VERSION every few seconds.
    else if (verb === 'STATUS' || verb === 'VERSION') deps.log.debug(fields, verb);
    else deps.log.info(fields, verb);
    return answer;
  };
}

async function withDeadline(
  deadlineMs: number,
  context: HandlerContext,
  run: (context: HandlerContext) => Promise<FrameAnswer>,
): Promise<FrameAnswer> {
  const late = new CniError(
    ErrorCode.TryAgainLater,
    `not finished within ${deadlineMs / 1000} s`,
    'the log of vcn-cnid says what it waited for',
  );
  const deadline = new AbortController();
  const overdue = Promise.withResolvers<FrameAnswer>();
  const timers = [
    setTimeout(() => deadline.abort(late), deadlineMs),
    setTimeout(() => overdue.resolve(errorAnswer(late)), deadlineMs + windDownMs),
  ];
  try {
    const signal = AbortSignal.any([context.signal, deadline.signal]);
    return await Promise.race([run({ ...context, signal }), overdue.promise]);
  } finally {
    timers.forEach(clearTimeout);
  }
}

function readFailure(stdout: string): { code: number; msg?: string; details?: string } {
  try {
    return JSON.parse(stdout);
  } catch {
    return { code: ErrorCode.InternalDefect, msg: stdout };
  }
}
