import type { PluginCase } from '../../case.ts';
import { expectSameState } from '../../judge/expect-same-state.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { several } from '../steps/several.ts';

export const othersKept: PluginCase = {
  id: 'DEL-01/others',
  title: 'DEL of one container leaves another as it is',
  does: 'executes ADD for one container and reads its state and that of the host; executes ADD and DEL for another, and reads both again',
  expects: 'the first has its state, and nothing is missing on the host',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  fast: true,
  mutants: ['del-removes-other-attachment'],
  async run(on) {
    several(on, 2);
    const first = await on.container();
    await attach(on, first);
    const second = await on.container();
    const one = await on.state(first);
    const result = await attach(on, second);
    const both = new Set(await on.state(first));
    await detach(on, second, result);
    // What the second changed, or left of itself, is DEL-01/own.
    const before = one.filter((line) => both.has(line));
    const own = (line: string) => before.includes(line) || line.startsWith(`${first.name} `);
    const after = (await on.state(first)).filter(own);
    expectSameState(on, before, after, 'other-changed');
  },
};
