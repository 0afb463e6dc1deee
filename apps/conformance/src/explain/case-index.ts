import {
  type PluginCase,
  pluginCases,
  type RuntimeCase,
  requirementOf,
  runtimeCases,
} from '@vcn-cni/cni-conformance';

/** All cases, of plugins first. */
export const everyCase: readonly (PluginCase | RuntimeCase)[] = [...pluginCases, ...runtimeCases];

export const casesOf = (requirement: string): (PluginCase | RuntimeCase)[] =>
  everyCase.filter((each) => requirementOf(each) === requirement);
