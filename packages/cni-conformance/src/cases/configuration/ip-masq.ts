import type { PluginCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import type { PluginHarness } from '../../plugin-harness.ts';
import { difference } from '../../state/difference.ts';
import type { State } from '../../state/state.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';

export const ipMasq: PluginCase = {
  id: 'CFG-11/ip-masq',
  title: 'Addresses are translated while ipMasq says so, and not else',
  does: 'executes ADD and DEL with ipMasq false, then with ipMasq true, and reads the rules of the host each time',
  expects: 'a rule that masquerades is there after the second ADD only',
  roles: ['interface', 'meta'],
  mutants: ['masquerades-unasked', 'del-leaves-masquerade'],
  async run(on) {
    const before = await on.state();
    const unasked = await attached(on, false, before);
    if (unasked.length > 0) {
      throw new Finding('masquerades-unasked', `ipMasq is false, and there is\n${unasked[0]}`);
    }
    const asked = await attached(on, true, before);
    if (asked.length === 0) throw new Skip('the plugin does not use ipMasq');
    const left = masquerades(before, await on.state());
    if (left.length > 0) {
      throw new Finding('masquerade-stays', `after DEL there is still\n${left[0]}`);
    }
  },
};

/** What masquerades while a container is attached. */
async function attached(on: PluginHarness, asked: boolean, before: State): Promise<string[]> {
  const container = await on.container();
  const config = { ipMasq: asked };
  const result = await attach(on, container, { config });
  const rules = masquerades(before, await on.state());
  await detach(on, container, result, { config });
  return rules;
}

const masquerades = (before: State, after: State): string[] =>
  difference(before, after).added.filter((line) => /masquerade|\bsnat\b/i.test(line));
