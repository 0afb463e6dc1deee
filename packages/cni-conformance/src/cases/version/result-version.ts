import { compareVersions, isCniVersion } from '@vcn-cni/cni-spec';
import { type PluginCase, roles } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';

export const resultVersions: PluginCase = {
  id: 'VER-06/each',
  title: 'The result is of the version of the configuration, also of an older one',
  does: 'executes ADD and DEL with each version from 0.3.0 that the plugin lists, but for that of the configuration',
  expects: 'cniVersion of each result is that of its configuration',
  roles,
  mutants: ['result-version-constant'],
  async run(on) {
    const older = on.supportedVersions
      .filter(isCniVersion)
      .filter((each) => each !== on.version && compareVersions(each, '0.3.0') >= 0);
    if (older.length === 0) throw new Skip('the plugin lists no other version');
    for (const version of older) {
      const container = await on.container({ version });
      const config = { cniVersion: version };
      const result = await attach(on, container, { config });
      if (result['cniVersion'] !== version) {
        throw new Finding(
          'other-version',
          `asked in ${version}, the result is of ${JSON.stringify(result['cniVersion'])}`,
        );
      }
      await detach(on, container, result, { config });
    }
  },
};
