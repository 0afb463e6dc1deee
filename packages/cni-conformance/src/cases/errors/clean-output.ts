import { type PluginCase, roles } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { Finding } from '../../judge/finding.ts';
import { seen } from '../../judge/seen.ts';
import type { Call } from '../../plugin-harness.ts';
import { verbsOf } from '../steps/verbs-of.ts';

export const cleanOutput: PluginCase = {
  id: 'ERR-05/stdout',
  title: 'No line of a log is on standard output',
  does: 'executes ADD, CHECK, STATUS and DEL, as far as the version has them, and DEL again',
  expects: 'standard output of each is empty, or one JSON document',
  roles,
  fast: true,
  mutants: ['add-logs-to-stdout', 'check-logs-to-stdout', 'del-logs-to-stdout'],
  async run(on) {
    const container = await on.container();
    const added = await on.call('ADD', container);
    expectClean(added);
    const config = { prevResult: (added.document ?? container.prevResult) as JsonObject };
    for (const verb of [...verbsOf(on, 'CHECK', 'STATUS', 'DEL'), 'DEL']) {
      expectClean(await on.call(verb, container, { config }));
    }
  },
};

function expectClean(call: Call): void {
  if (call.stdout.trim() === '' || call.document !== undefined) return;
  throw new Finding('not-one-document', `${call.verb} prints something else; ${seen(call)}`);
}
