import { type CniVersion, compareVersions } from '@vcn-cni/cni-spec';
import type { Refusal } from '../../judge/expect-refusal.ts';
import type { PluginHarness } from '../../plugin-harness.ts';

/** The codes that a refusal must have from a version on; before it they meant nothing. */
export const codesSince = (
  { version }: Pick<PluginHarness, 'version'>,
  since: CniVersion,
  ...codes: readonly number[]
): Refusal => (compareVersions(version, since) >= 0 ? { codes } : {});
