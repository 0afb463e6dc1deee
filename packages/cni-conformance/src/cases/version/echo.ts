import type { PluginCase } from '../../case.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Finding } from '../../judge/finding.ts';

export const versionEchoed: PluginCase = {
  id: 'VER-02',
  title: 'VERSION answers in the version that it is asked in',
  does: 'executes VERSION once with each version that the plugin lists',
  expects: 'cniVersion of the answer is that of the request',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  fast: true,
  mutants: ['version-constant'],
  async run(on) {
    for (const version of on.supportedVersions) {
      const call = await on.call('VERSION', undefined, {
        stdin: JSON.stringify({ cniVersion: version }),
      });
      expectSuccess(call);
      const { cniVersion } = (call.document ?? {}) as { cniVersion?: unknown };
      if (cniVersion !== version) {
        throw new Finding(
          'version-not-echoed',
          `asked in ${version}, answered ${JSON.stringify(cniVersion)}`,
        );
      }
    }
  },
};
