import { type PluginCase, roles } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { failing, failingCalls } from '../steps/failing-calls.ts';

export const errorDocument: PluginCase = {
  id: 'EXE-04/stdout',
  title: 'A call that fails prints one error object on standard output',
  does: failing,
  expects: 'standard output is one JSON object with a number code and a text msg',
  roles,
  fast: true,
  mutants: ['error-to-stderr', 'error-as-text', 'error-twice'],
  async run(on) {
    for (const call of await failingCalls(on, await on.container())) expectRefusal(call);
  },
};
