import { basename, dirname } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { dispatch } from '@vcn-cni/cni-runtime/plugin';
import { inVersion } from './in-version.ts';
import { mutants } from './mutants/all-mutants.ts';
import { type Call, callOf } from './mutants/call.ts';
import { plugins } from './plugins/all-plugins.ts';
import type { World } from './plugins/plugin.ts';
import { stoppable } from './plugins/stoppable.ts';
import type { Outcome, Serve } from './transport/caller.ts';

/**
 * Serves executions of reference plugins. The name of the file says which one, that of its folder how it is broken, if
 * a mutant is called so, and if that is broken as yet.
 */
export function servePlugins(isBroken: (mutant: string) => boolean): Serve {
  return async (caller) => {
    const name = basename(dirname(caller.path));
    const broken = isBroken(name) ? name : undefined;
    const around = mutants.find((each) => each.name === broken)?.around;
    const call = callOf(caller);
    const next = (changed: Call) => serveOne(changed, basename(caller.path), broken);
    return around ? around(call, next) : next(call);
  };
}

async function serveOne(
  { caller, environment, stdin }: Call,
  type: string,
  broken: string | undefined,
): Promise<Outcome> {
  const plugin = plugins[type];
  if (!plugin) throw new Error(`${caller.path} is no reference plugin`);
  const words: string[] = [];
  const world: World = {
    caller: { ...caller, environment, stdin },
    is: (mutant) => mutant === broken,
    async step() {
      await pause();
      caller.signal.throwIfAborted();
    },
    log: (text) => void words.push(text),
  };
  const handlers = stoppable(plugin(world), caller.root);
  const { signal } = caller;
  const answer = await dispatch(
    {
      ...handlers,
      add: async (...given) => inVersion(await handlers.add!(...given), given[0].config.cniVersion),
    },
    { environment, stdin },
    { signal },
    {
      onError({ code, cause }) {
        if (code === 999) words.push(`${cause instanceof Error ? cause.stack : cause}\n`);
      },
    },
  );
  signal.throwIfAborted();
  return { ...answer, stderr: words.join('') };
}
