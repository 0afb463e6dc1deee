import type { PluginCase } from '../../case.ts';
import { expectSameState } from '../../judge/expect-same-state.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';

export const leavesHost: PluginCase = {
  id: 'DEL-01/all',
  level: 'MAY',
  title: 'The last DEL leaves the host as the first ADD found it',
  does: 'reads the whole state of host and container, executes ADD and DEL, and reads it again',
  expects:
    'the same state; what all attachments share, as a bridge, is named in the hints under keeps',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  mutants: ['del-leaves-shared'],
  async run(on) {
    const container = await on.container();
    const before = await on.state(container);
    await detach(on, container, await attach(on, container));
    expectSameState(on, before, await on.state(container), 'residue');
  },
};
