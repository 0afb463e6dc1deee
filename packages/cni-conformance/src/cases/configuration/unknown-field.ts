import { type PluginCase, roles } from '../../case.ts';
import { expectAnswer } from '../../judge/expect-answer.ts';
import { detach } from '../steps/detach.ts';

const [key, value] = ['conformanceUnknown', 'value-of-nobody'];

export const unknownField: PluginCase = {
  id: 'CFG-12/unknown-field',
  title: 'A field that the plugin does not know is passed over, or refused with its key and value',
  does: `executes ADD with {"${key}": "${value}"} in the configuration`,
  expects: 'a result; or an error of code 2 that has key and value',
  roles,
  fast: true,
  mutants: ['refuses-unknown-field-unnamed', 'refuses-unknown-field-wrong-code'],
  async run(on) {
    const container = await on.container();
    const call = await on.call('ADD', container, { config: { [key]: value } });
    if (expectAnswer(on, call, { codes: [2], mentions: [key, value] })) {
      await detach(on, container, undefined);
    }
  },
};
