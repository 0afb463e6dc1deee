import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PluginHandlers } from '@vcn-cni/cni-runtime/plugin';
import { CniError, ErrorCode } from '@vcn-cni/cni-spec';

/** As long as this file is there plugins work for nobody new. */
export const stopFile = '/run/reference-plugins-stopped';

/** Lets DEL and GC work at any time, and the other verbs as long as nobody stopped the plugin. */
export function stoppable(handlers: PluginHandlers, root: string): PluginHandlers {
  const unless =
    <Given extends unknown[], Value>(code: number, handle: (...given: Given) => Promise<Value>) =>
    async (...given: Given): Promise<Value> => {
      const stopped = await stat(join(root, stopFile)).catch(() => undefined);
      if (!stopped) return handle(...given);
      throw new CniError(code, 'the plugin is stopped', `remove ${stopFile}`);
    };
  const { add, check, status } = handlers;
  return {
    ...handlers,
    ...(add && { add: unless(ErrorCode.TryAgainLater, add) }),
    ...(check && { check: unless(ErrorCode.TryAgainLater, check) }),
    ...(status && { status: unless(ErrorCode.PluginNotAvailable, status) }),
  };
}
