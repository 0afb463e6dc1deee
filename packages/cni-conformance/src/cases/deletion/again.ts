import type { PluginCase } from '../../case.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';

export const deletedAgain: PluginCase = {
  id: 'DEL-06/again',
  title: 'DEL succeeds however often it comes',
  does: 'executes ADD, then DEL three times',
  expects: 'each exits 0',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  fast: true,
  mutants: ['del-refuses-second'],
  async run(on) {
    const container = await on.container();
    const result = await attach(on, container);
    await detach(on, container, result);
    for (const time of ['second', 'third']) {
      const call = await on.call('DEL', container, { config: { prevResult: result } });
      expectSuccess(call, `${time}-del-refused`);
    }
  },
};
