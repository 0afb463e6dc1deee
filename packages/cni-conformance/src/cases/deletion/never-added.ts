import type { PluginCase, Role } from '../../case.ts';
import { expectSameState } from '../../judge/expect-same-state.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { attach } from '../steps/attach.ts';

const roles: readonly Role[] = ['interface', 'chained', 'ipam', 'loopback', 'meta'];

export const neverAdded: PluginCase = {
  id: 'DEL-06/never-added',
  title: 'DEL of what was never added succeeds and changes nothing',
  does: 'executes DEL for a container that had no ADD, and compares the state',
  expects: 'DEL exits 0; the same state',
  roles: ['interface', 'chained', 'ipam', 'meta'],
  fast: true,
  mutants: ['del-refuses-unknown', 'del-unknown-leaves-file'],
  async run(on) {
    const container = await on.container();
    const before = await on.state(container);
    expectSuccess(await on.call('DEL', container), 'unknown-refused');
    expectSameState(on, before, await on.state(container), 'changed');
  },
};

export const neverAddedAndGone: PluginCase = {
  id: 'DEL-06/never-added-and-gone',
  title: 'DEL of what was never added succeeds without a namespace too',
  does: 'executes DEL for a container that had no ADD, with CNI_NETNS unset',
  expects: 'DEL exits 0',
  roles,
  mutants: ['del-refuses-unknown-without-netns'],
  async run(on) {
    const container = await on.container();
    const call = await on.call('DEL', container, { environment: { CNI_NETNS: undefined } });
    expectSuccess(call, 'unknown-refused');
  },
};

export const otherInterfaceName: PluginCase = {
  id: 'DEL-06/other-interface',
  title: 'DEL of an interface name that was never added leaves what the container has',
  does: 'executes ADD with eth0, then DEL with eth9 for the same container; compares the state',
  expects: 'DEL exits 0; the same state',
  roles: ['interface', 'ipam'],
  fast: true,
  mutants: ['del-ignores-interface-name'],
  async run(on) {
    const container = await on.container();
    await attach(on, container);
    const before = await on.state(container);
    const other = { ...container, ifname: 'eth9' };
    expectSuccess(await on.call('DEL', other), 'unknown-refused');
    expectSameState(on, before, await on.state(container), 'other-interface-changed');
  },
};
