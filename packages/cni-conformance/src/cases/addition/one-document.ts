import type { PluginCase } from '../../case.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Finding } from '../../judge/finding.ts';
import { seen } from '../../judge/seen.ts';

export const oneDocument: PluginCase = {
  id: 'ADD-02',
  title: 'ADD prints one JSON object and nothing else',
  does: 'executes ADD',
  expects: 'standard output is exactly one JSON object',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  fast: true,
  mutants: ['add-prints-nothing', 'add-prints-list', 'add-logs-to-stdout'],
  async run(on) {
    const call = await on.call('ADD', await on.container());
    expectSuccess(call, 'add-refused');
    if (call.stdout.trim() === '')
      throw new Finding('no-result', `standard output is empty; ${seen(call)}`);
    if (call.document === undefined)
      throw new Finding('not-one-document', `more than JSON, or none; ${seen(call)}`);
    if (call.document === null || typeof call.document !== 'object' || Array.isArray(call.document))
      throw new Finding('no-object', `the result is not a JSON object; ${seen(call)}`);
  },
};
