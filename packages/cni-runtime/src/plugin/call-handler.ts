import {
  convertResult,
  type Invocation,
  type Loss,
  latestVersion,
  parseResultDocument,
  printJson,
  type Result,
  type ResultDocument,
} from '@vcn-cni/cni-spec';
import type { Execution } from './dispatch.ts';
import type { HandlerContext, PluginHandlers } from './handlers.ts';

/** Runs the handler of the verb, which is there, and returns what goes to standard output. */
export async function callHandler(
  handlers: PluginHandlers,
  invocation: Invocation,
  context: HandlerContext,
  execution: Execution,
  onLoss?: (losses: Loss[], invocation: Invocation) => void,
): Promise<string> {
  switch (invocation.verb) {
    case 'ADD': {
      const result = checked(await handlers.add?.(invocation, context, execution));
      const { document, losses } = convertResult(result, invocation.config.cniVersion);
      if (losses.length > 0) onLoss?.(losses, invocation);
      return printJson(document, 4);
    }
    case 'DEL':
      await handlers.del?.(invocation, context, execution);
      break;
    case 'CHECK':
      await handlers.check?.(invocation, context, execution);
      break;
    case 'GC':
      await handlers.gc?.(invocation, context, execution);
      break;
    case 'STATUS':
      await handlers.status?.(invocation, context, execution);
      break;
  }
  return '';
}

/** An invalid result is a mistake of the handler, not of the configuration, so it is no CniError. */
function checked(result: Result | undefined): ResultDocument {
  try {
    return parseResultDocument(result, { configVersion: latestVersion });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`ADD returned no valid result: ${reason}`, { cause: error });
  }
}
