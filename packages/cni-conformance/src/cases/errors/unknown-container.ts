import { type PluginCase, roles } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { expectSameState } from '../../judge/expect-same-state.ts';
import { Finding } from '../../judge/finding.ts';
import { seen } from '../../judge/seen.ts';
import type { Call } from '../../plugin-harness.ts';
import { failingCalls } from '../steps/failing-calls.ts';

export const codeOfNoCleanup: PluginCase = {
  id: 'ERR-04/add',
  title: 'An ADD that fails with code 3 leaves nothing to clean up',
  does: 'executes ADDs that fail: by their input, and for a namespace that does not exist',
  expects: 'the state after each that answers code 3 is as before it',
  roles,
  mutants: ['add-leaves-link-with-code-3'],
  async run(on) {
    const container = await on.container();
    const before = await on.state(container);
    const environment = { CNI_NETNS: '/run/netns/nothing' };
    const calls = [
      ...(await failingCalls(on, container)),
      await on.call('ADD', container, { environment }),
    ];
    if (!calls.some((call) => codeOf(call) === 3)) return;
    expectSameState(on, before, await on.state(container), 'residue-with-code-3');
  },
};

export const codeOfOtherVerbs: PluginCase = {
  id: 'ERR-04/verbs',
  title: 'Calls that are about no container never answer code 3',
  does: 'executes STATUS, GC and FROB without the variables of a container',
  expects: 'no error has code 3',
  roles,
  fast: true,
  mutants: ['status-needs-container', 'gc-needs-container', 'unknown-verb-needs-container'],
  async run(on) {
    for (const verb of ['STATUS', 'GC', 'FROB']) {
      const call = await on.call(verb);
      if (codeOf(call) === 3) {
        throw new Finding('code-3', `${verb} is about no container; ${seen(call)}`);
      }
    }
  },
};

const codeOf = (call: Call): unknown => (call.document as JsonObject | undefined)?.['code'];
