import type { PluginCase, Role } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { attach } from '../steps/attach.ts';
import { nothingLeftOnHost } from '../steps/nothing-left.ts';
import { warmUp } from '../steps/warm-up.ts';

const roles: readonly Role[] = ['interface', 'chained', 'ipam', 'loopback', 'meta'];

const ways: readonly { name: string; words: string; config: JsonObject }[] = [
  { name: 'absent', words: 'without prevResult', config: { prevResult: undefined } },
  { name: 'null', words: 'with prevResult null', config: { prevResult: null } },
  { name: 'empty', words: 'with an empty prevResult', config: { prevResult: {} } },
];

export const withoutPrevious: readonly PluginCase[] = ways.map(
  ({ name, words, config }): PluginCase => ({
    id: `DEL-03/${name}`,
    title: `DEL ${words} succeeds`,
    does: `executes ADD, then DEL ${words}`,
    expects: 'DEL exits 0',
    roles,
    fast: true,
    mutants: [`del-refuses-${name}-prevresult`],
    async run(on) {
      const container = await on.container();
      await attach(on, container);
      expectSuccess(await on.call('DEL', container, { config }), 'del-refused');
    },
  }),
);

export const cleansWithoutPrevious: PluginCase = {
  id: 'DEL-03/leaves-nothing',
  title: 'DEL without prevResult leaves nothing either',
  does: 'executes ADD, then DEL without prevResult, deletes the namespace and compares the host',
  expects: 'nothing is there that was not there before ADD',
  roles,
  mutants: ['del-trusts-prevresult'],
  async run(on) {
    await warmUp(on);
    const container = await on.container();
    const before = await on.state();
    await attach(on, container);
    const call = await on.call('DEL', container, { config: { prevResult: undefined } });
    expectSuccess(call, 'del-refused');
    await nothingLeftOnHost(on, container, before);
  },
};
