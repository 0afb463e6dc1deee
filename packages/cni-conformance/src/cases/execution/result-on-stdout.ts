import { type PluginCase, roles } from '../../case.ts';
import { expectResult } from '../../judge/expect-result.ts';
import { detach } from '../steps/detach.ts';

export const resultOnStdout: PluginCase = {
  id: 'EXE-01/result',
  title: 'ADD prints its result, once, on standard output',
  does: 'executes ADD',
  expects: 'standard output is one JSON document, a result of the version of the configuration',
  roles,
  fast: true,
  mutants: ['result-to-stderr', 'result-twice'],
  async run(on) {
    const container = await on.container();
    const result = expectResult(on, await on.call('ADD', container));
    await detach(on, container, result);
  },
};
