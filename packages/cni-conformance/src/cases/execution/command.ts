import { type PluginCase, roles } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { codesSince } from '../steps/codes-since.ts';
import { unchanged } from '../steps/unchanged.ts';

export const unknownCommand: PluginCase = {
  id: 'ENV-07/unknown',
  title: 'A CNI_COMMAND that is no verb is refused with code 4',
  does: 'executes the plugin with CNI_COMMAND FROB, add, "ADD " and ADDITION',
  expects: 'each is refused with code 4, and changes nothing',
  roles,
  fast: true,
  mutants: ['unknown-command-succeeds', 'command-in-any-case', 'unknown-command-wrong-code'],
  async run(on) {
    const container = await on.container();
    await unchanged(on, container, async () => {
      for (const verb of ['FROB', 'add', 'ADD ', 'ADDITION']) {
        expectRefusal(await on.call(verb, container), codesSince(on, '1.0.0', 4));
      }
    });
  },
};

export const missingCommand: PluginCase = {
  id: 'ENV-07/missing',
  title: 'Without CNI_COMMAND a plugin fails with code 4, and names it',
  does: 'executes the plugin with CNI_COMMAND unset, then empty',
  expects: 'code 4, CNI_COMMAND in msg or details, and nothing changed',
  roles,
  since: '1.0.0',
  mutants: ['missing-command-succeeds'],
  async run(on) {
    const container = await on.container();
    await unchanged(on, container, async () => {
      for (const CNI_COMMAND of [undefined, '']) {
        const call = await on.call('ADD', container, { environment: { CNI_COMMAND } });
        expectRefusal(call, { codes: [4], mentions: ['CNI_COMMAND'] });
      }
    });
  },
};
