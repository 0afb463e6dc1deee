import type { PluginCase } from '../../case.ts';
import { expectSameState } from '../../judge/expect-same-state.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';

export const leavesNothing: PluginCase = {
  id: 'DEL-01/own',
  title: 'DEL leaves nothing of its attachment behind',
  does: 'executes ADD and DEL for one container, so that what all share is there; reads the whole state of the host and of another container, executes ADD and DEL for that, and reads the state again',
  expects: 'the same state',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  fast: true,
  mutants: [
    'del-leaves-link',
    'del-leaves-address',
    'del-leaves-rule',
    'del-leaves-file',
    'del-leaves-sysctl',
  ],
  async run(on) {
    const first = await on.container();
    await detach(on, first, await attach(on, first));
    const container = await on.container();
    const before = await on.state(container);
    await detach(on, container, await attach(on, container));
    expectSameState(on, before, await on.state(container), 'residue');
  },
};
