import { type PluginCase, roles } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { expectAnswer } from '../../judge/expect-answer.ts';
import type { PluginHarness } from '../../plugin-harness.ts';
import { detach } from '../steps/detach.ts';

export const unknownArgs: PluginCase = {
  id: 'ENV-06/unknown',
  level: 'MAY',
  title: 'A key of CNI_ARGS that the plugin does not know is passed over, or refused by name',
  does: 'executes ADD with CNI_ARGS CONFORMANCE=1',
  expects: 'a result; or an error object that names CONFORMANCE',
  roles,
  mutants: ['unknown-args-not-named'],
  run: (on) => addWith(on, 'CONFORMANCE=1', ['CONFORMANCE']),
};

export const malformedArgs: PluginCase = {
  id: 'ENV-06/malformed',
  level: 'SHOULD',
  title: 'CNI_ARGS that is no list of KEY=VALUE is passed over, or refused in words',
  does: 'executes ADD with CNI_ARGS "K", "=", ";;" and "IgnoreUnknown=maybe"',
  expects: 'a result, or an error object',
  roles,
  mutants: ['malformed-args-crash'],
  async run(on) {
    for (const args of ['K', '=', ';;', 'IgnoreUnknown=maybe']) await addWith(on, args, []);
  },
};

async function addWith(
  on: PluginHarness,
  args: string,
  mentions: readonly string[],
): Promise<void> {
  const container = await on.container();
  const call = await on.call('ADD', container, { environment: { CNI_ARGS: args } });
  if (!expectAnswer(on, call, { mentions })) return;
  await detach(on, container, call.document as JsonObject);
}
