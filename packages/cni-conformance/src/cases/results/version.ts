import { type PluginCase, roles } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';

export const resultVersion: PluginCase = {
  id: 'RES-01/version',
  title: 'The result is of the version of the configuration',
  does: 'executes ADD',
  expects: 'cniVersion of the result is that of the configuration',
  roles,
  fast: true,
  mutants: ['result-without-version'],
  async run(on) {
    const container = await on.container();
    const result = await attach(on, container);
    if (result['cniVersion'] !== on.version) {
      throw new Finding(
        'other-version',
        `asked in ${on.version}, the result is of ${JSON.stringify(result['cniVersion'])}`,
      );
    }
    await detach(on, container, result);
  },
};
