import { type PluginCase, roles } from '../../case.ts';
import { expectResult } from '../../judge/expect-result.ts';
import { detach } from '../steps/detach.ts';

const args = { 'conformance.example': { labels: [{ key: 'app', value: 'conformance' }] } };

export const unknownArgs: PluginCase = {
  id: 'CFG-12/args',
  level: 'SHOULD',
  title: 'What the plugin does not understand under args is passed over',
  does: `executes ADD with ${JSON.stringify(args)} as args`,
  expects: 'a result',
  roles,
  mutants: ['refuses-unknown-args-of-config'],
  async run(on) {
    const container = await on.container();
    const result = expectResult(on, await on.call('ADD', container, { config: { args } }));
    await detach(on, container, result, { config: { args } });
  },
};
