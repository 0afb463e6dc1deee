import {
  CniError,
  ErrorCode,
  type Invocation,
  parseJson,
  printJson,
  type Result,
  type Verb,
} from '@vcn-cni/cni-spec';
import { delegate } from './delegate.ts';
import type { Plugin, World } from './plugin.ts';
import { undoing } from './undo.ts';

/** Hands all work to the plugin that `delegate` in its configuration is for, as flannel and multus do. */
export const referenceMeta: Plugin = (world) => ({
  add: (invocation) =>
    undoing(world, async (undo) => {
      undo(async () => void (await pass(world, invocation, 'DEL')));
      return (await pass(world, invocation, 'ADD')) ?? { cniVersion: '1.1.0' };
    }),
  del: async (invocation) => void (await pass(world, invocation, 'DEL')),
  check: async (invocation) => void (await pass(world, invocation, 'CHECK')),
  gc: async (invocation) => void (await pass(world, invocation, 'GC')),
  async status(invocation) {
    try {
      await pass(world, invocation, 'STATUS');
    } catch (error) {
      if (!CniError.is(error) || error.code !== ErrorCode.InvalidNetworkConfig) throw error;
      throw new CniError(ErrorCode.PluginNotAvailable, error.msg, error.details);
    }
  },
});

function pass(world: World, invocation: Invocation, verb: Verb): Promise<Result | undefined> {
  const { delegate: inner, ...outer } = parseJson(String(world.caller.stdin)) as {
    delegate?: { type?: unknown };
  };
  if (typeof inner?.type !== 'string') {
    throw new CniError(
      ErrorCode.InvalidNetworkConfig,
      'invalid delegate.type',
      `delegate is ${JSON.stringify(inner)}; name the plugin that does the work`,
    );
  }
  return delegate(world, invocation, inner.type, verb, printJson({ ...outer, ...inner }));
}
