import { findPlugin, outcomeError } from '@vcn-cni/cni-runtime';
import {
  CniError,
  type Conflist,
  type PluginConfig,
  printJson,
  type Verb,
} from '@vcn-cni/cni-spec';
import { pluginVariables } from './plugin-variables.ts';
import { request } from './request.ts';
import { type Named, type RuntimeWorld, variable } from './runtime-world.ts';

export interface PluginCall {
  readonly verb: Verb;
  readonly list: Conflist;
  readonly plugin: PluginConfig;
  readonly index: number;
  /** Absent for GC and STATUS. */
  readonly named?: Named;
  readonly inserted?: Parameters<typeof request>[4];
}

/** Standard output of the plugin; undefined if it was left out. Throws CniError for what it says when it fails. */
export async function executePlugin(
  world: RuntimeWorld,
  { verb, list, plugin, index, named, inserted = {} }: PluginCall,
): Promise<string | undefined> {
  const { caller } = world;
  const folders = variable(world, 'CNI_PATH').split(':');
  const seen = folders.map((folder) => `${caller.root}${folder}`);
  let file: string;
  try {
    file = (await findPlugin(plugin.type, seen)).slice(caller.root.length);
  } catch (error) {
    if (world.is('skips-missing-plugin')) return undefined;
    throw error;
  }
  const inside = world.is('runs-in-container-namespace') && named;
  const ran = await caller.run(inside ? ['nsenter', `--net=${named.netns}`, '--', file] : [file], {
    environment: { PATH: variable(world, 'PATH'), ...pluginVariables(world, verb, named, index) },
    stdin: printJson(request(world, verb, list, plugin, inserted)),
  });
  if (ran.exitCode === 0 || (world.is('ignores-signal') && ran.exitCode > 128)) return ran.stdout;
  const error = outcomeError(ran);
  throw new CniError(error.code, `plugin ${plugin.type} failed (${verb}): ${error.msg}`);
}
