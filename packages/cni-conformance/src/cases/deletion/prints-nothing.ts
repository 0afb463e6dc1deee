import type { PluginCase } from '../../case.ts';
import { expectSilence } from '../../judge/expect-silence.ts';
import { attach } from '../steps/attach.ts';

export const printsNothing: PluginCase = {
  id: 'DEL-09',
  title: 'DEL that succeeds prints nothing on standard output',
  does: 'executes ADD and DEL, and DEL once more',
  expects: 'both DELs exit 0 with an empty standard output',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  fast: true,
  mutants: ['del-prints'],
  async run(on) {
    const container = await on.container();
    const prevResult = await attach(on, container);
    for (let time = 0; time < 2; time++)
      expectSilence(await on.call('DEL', container, { config: { prevResult } }));
  },
};
