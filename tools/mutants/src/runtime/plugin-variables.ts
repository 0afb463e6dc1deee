import type { Verb } from '@vcn-cni/cni-spec';
import { type Named, type RuntimeWorld, variable } from './runtime-world.ts';

/** The parameters of one call. `index` is the place of the plugin in its list. */
export function pluginVariables(
  world: RuntimeWorld,
  verb: Verb,
  named: Named | undefined,
  index: number,
): Record<string, string> {
  const of = (mutant: Parameters<RuntimeWorld['is']>[0], when: Verb) =>
    verb === when && world.is(mutant);
  const path = variable(world, 'CNI_PATH');
  const noPath = of('add-without-path', 'ADD') || of('gc-without-path', 'GC');
  const common = { CNI_COMMAND: verb, CNI_PATH: noPath ? '' : path };
  if (!named) return common;
  const noArgs =
    of('del-without-args', 'DEL') ||
    of('check-without-args', 'CHECK') ||
    (world.is('args-for-first-only') && index > 0);
  const otherId = of('del-other-id', 'DEL') || of('check-other-id', 'CHECK');
  const otherIfname = of('del-other-ifname', 'DEL') || of('check-other-ifname', 'CHECK');
  const ifname = world.is('ifname-by-plugin') ? `${named.ifname}.${index}` : named.ifname;
  return {
    ...common,
    CNI_CONTAINERID: world.is('empty-container-id') ? '' : `${named.id}${otherId ? '-x' : ''}`,
    CNI_IFNAME: world.is('empty-ifname') ? '' : `${ifname}${otherIfname ? 'x' : ''}`,
    CNI_NETNS: namespaceOf(world, verb, named),
    CNI_ARGS: noArgs ? '' : variable(world, 'CNI_ARGS'),
  };
}

function namespaceOf(world: RuntimeWorld, verb: Verb, { netns }: Named): string {
  if (world.is('namespace-of-host')) return '/proc/1/ns/net';
  if (world.is('namespace-not-there')) return `${netns}-to-come`;
  if (world.is('check-without-netns') && verb === 'CHECK') return '';
  if (world.is('del-other-netns') && verb === 'DEL') return '/proc/1/ns/net';
  return netns;
}
