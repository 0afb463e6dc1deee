import { printJson } from '@vcn-cni/cni-spec';
import { type PluginCase, roles } from '../../case.ts';
import { expectResult } from '../../judge/expect-result.ts';
import { configOf } from '../steps/config-of.ts';
import { detach } from '../steps/detach.ts';

export const anyJson: PluginCase = {
  id: 'EXE-01/any-json',
  title: 'The configuration is JSON, however that is written',
  does: 'executes ADD with the configuration over many lines, with blank lines around it, and the first letter of each word as \\uXXXX',
  expects: 'a result, as for the same configuration on one line',
  roles,
  mutants: ['config-read-by-pattern'],
  async run(on) {
    const container = await on.container();
    const stdin = `\n\n${escaped(printJson(configOf(on, container), 4))}\r\n\n`;
    const result = expectResult(on, await on.call('ADD', container, { stdin }));
    await detach(on, container, result);
  },
};

const escaped = (json: string): string =>
  json.replace(
    /(?<!\\)"([A-Za-z])/g,
    (_, letter: string) => `"\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
