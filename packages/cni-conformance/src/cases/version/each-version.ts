import {
  type CniVersion,
  compareVersions,
  supportedVersions,
  versionAllows,
} from '@vcn-cni/cni-spec';
import { type PluginCase, roles } from '../../case.ts';
import { expectResult } from '../../judge/expect-result.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Finding } from '../../judge/finding.ts';
import { seen } from '../../judge/seen.ts';
import { Skip } from '../../judge/skip.ts';
import type { PluginHarness } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';

const isPlain = (version: CniVersion): boolean => compareVersions(version, '0.3.0') < 0;

export const eachVersion: readonly PluginCase[] = supportedVersions.map((version) => ({
  id: `VER-04/${version}`,
  title: `A plugin that lists ${version} works in it`,
  does: `executes ADD${versionAllows(version, 'CHECK') ? ', CHECK' : ''} and DEL with cniVersion ${version}`,
  expects: `each exits 0, and the result has the shape of ${version}`,
  roles,
  ...(version === '0.4.0' && { fast: true }),
  mutants: [
    `add-refuses-${version}`,
    `result-of-another-version-in-${version}`,
    ...(version === '1.1.0' || isPlain(version) ? [] : [`newer-fields-in-${version}`]),
    ...(versionAllows(version, 'CHECK') ? [`check-refuses-${version}`] : []),
    `del-refuses-${version}`,
  ],
  async run(on) {
    if (!on.supportedVersions.includes(version)) {
      throw new Skip(`the plugin does not list ${version}`);
    }
    if (on.role === 'chained' && isPlain(version)) {
      throw new Skip('0.3.0 brought lists: before it there is nothing to be chained to');
    }
    const container = await on.container({ version });
    const config = { cniVersion: version };
    const call = await on.call('ADD', container, { config });
    if (call.exitCode !== 0 && isPlain(version)) await expectAddresses(on, version);
    const prevResult = expectResult(on, call, version);
    const checked = versionAllows(version, 'CHECK')
      ? await on.call('CHECK', container, { config: { ...config, prevResult } })
      : undefined;
    await detach(on, container, prevResult, { config });
    // Where CHECK does not work in the version of the configuration either, that is CHK-06's to say.
    if (checked && checked.exitCode !== 0 && version !== on.version && (await checkWorks(on))) {
      expectSuccess(checked, 'check-refused');
    }
  },
}));

async function checkWorks(on: PluginHarness): Promise<boolean> {
  const container = await on.container();
  const prevResult = await attach(on, container);
  const { exitCode } = await on.call('CHECK', container, { config: { prevResult } });
  await detach(on, container, prevResult);
  return exitCode === 0;
}

/** Throws Finding `refused-without-address` if the plugin gives none, so that its result has nothing to say. */
async function expectAddresses(on: PluginHarness, version: CniVersion): Promise<void> {
  const container = await on.container();
  const result = await attach(on, container);
  await detach(on, container, result);
  if (((result['ips'] ?? []) as unknown[]).length > 0) return;
  const again = await on.call('ADD', await on.container(), { config: { cniVersion: version } });
  throw new Finding('refused-without-address', `ADD should succeed; ${seen(again)}`);
}
