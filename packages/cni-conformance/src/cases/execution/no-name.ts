import { type PluginCase, roles } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';

export const noName: PluginCase = {
  id: 'EXE-05/no-name',
  title: 'A configuration without name is code 7',
  does: 'executes ADD without name in the configuration',
  expects: 'code 7',
  roles,
  fast: true,
  mutants: ['no-name-wrong-code'],
  since: '1.0.0',
  async run(on) {
    const call = await on.call('ADD', await on.container(), { config: { name: undefined } });
    expectRefusal(call, { codes: [7] });
  },
};
