import type { PluginCase, Role } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { expectSameState } from '../../judge/expect-same-state.ts';
import { attach } from '../steps/attach.ts';

const roles: readonly Role[] = ['interface', 'chained', 'ipam', 'loopback', 'meta'];

export const variablesOfDeletion: readonly PluginCase[] = (
  [
    ['CNI_CONTAINERID', 'container-id'],
    ['CNI_IFNAME', 'interface-name'],
  ] as const
).map(
  ([variable, what]): PluginCase => ({
    id: `DEL-08/${what}`,
    title: `DEL without ${variable} fails and deletes nothing`,
    does: `executes ADD, then DEL with ${variable} unset; compares the state`,
    expects: 'DEL fails; the same state',
    roles,
    mutants: [`del-without-${what}`, `del-without-${what}-deletes`],
    async run(on) {
      const container = await on.container();
      const prevResult = await attach(on, container);
      const before = await on.state(container);
      const call = await on.call('DEL', container, {
        environment: { [variable]: undefined },
        config: { prevResult },
      });
      expectRefusal(call);
      expectSameState(on, before, await on.state(container), 'deleted-anyway');
    },
  }),
);
