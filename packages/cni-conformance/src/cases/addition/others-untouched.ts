import type { PluginCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { difference } from '../../state/difference.ts';
import { attach } from '../steps/attach.ts';
import { several } from '../steps/several.ts';

export const othersUntouched: PluginCase = {
  id: 'ADD-01/others',
  title: 'ADD changes no container but its own',
  does: 'executes ADD for one container, reads its state, executes ADD for another, reads the first again',
  expects: 'the first has the state that it had',
  roles: ['interface', 'chained', 'loopback', 'meta'],
  mutants: ['add-changes-other-container'],
  async run(on) {
    several(on, 2);
    const first = await on.container();
    await attach(on, first);
    const second = await on.container();
    const own = (line: string) => line.startsWith(`${first.name} `);
    const before = (await on.state(first)).filter(own);
    await attach(on, second);
    const { removed, added } = difference(before, (await on.state(first)).filter(own));
    if (removed.length + added.length === 0) return;
    const lines = [...removed.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)];
    throw new Finding('other-changed', `ADD of another container changed:\n${lines.join('\n')}`);
  },
};
