import type { PluginCase } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { expectSameState } from '../../judge/expect-same-state.ts';

/** One case a variable. */
export const variablesNeeded: readonly PluginCase[] = (
  [
    ['CNI_CONTAINERID', 'container-id', ['interface', 'chained', 'ipam', 'loopback', 'meta']],
    ['CNI_NETNS', 'namespace', ['interface', 'chained', 'loopback', 'meta']],
    ['CNI_IFNAME', 'interface-name', ['interface', 'chained', 'ipam', 'loopback', 'meta']],
  ] as const
).map(
  ([variable, what, roles]): PluginCase => ({
    id: `ADD-07/${what}`,
    title: `ADD without ${variable} fails and changes nothing`,
    does: `executes ADD with ${variable} unset, and compares host and container`,
    expects: 'ADD fails; the same state',
    roles,
    mutants: [`add-without-${what}`, `add-without-${what}-changes`],
    async run(on) {
      const container = await on.container();
      const before = await on.state(container);
      const call = await on.call('ADD', container, { environment: { [variable]: undefined } });
      expectRefusal(call);
      expectSameState(on, before, await on.state(container), 'changed');
    },
  }),
);
