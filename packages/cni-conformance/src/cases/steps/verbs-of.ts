import { type Verb, versionAllows } from '@vcn-cni/cni-spec';
import type { PluginHarness } from '../../plugin-harness.ts';

/** Those of the verbs that there are in the version of the configuration. */
export const verbsOf = (
  { version }: Pick<PluginHarness, 'version'>,
  ...verbs: readonly Verb[]
): readonly Verb[] => verbs.filter((verb) => versionAllows(version, verb));
