import type { PluginCase } from '../case.ts';
import { additionCases } from './addition/cases.ts';
import { checkCases } from './check/cases.ts';
import { collectionCases } from './collection/cases.ts';
import { concurrencyCases } from './concurrency/cases.ts';
import { configurationCases } from './configuration/cases.ts';
import { delegationCases } from './delegation/cases.ts';
import { deletionCases } from './deletion/cases.ts';
import { errorsCases } from './errors/cases.ts';
import { executionCases } from './execution/cases.ts';
import { resultsCases } from './results/cases.ts';
import { statusCases } from './status/cases.ts';
import { versionCases } from './version/cases.ts';

/** Every case for plugins, in the order of the specification. */
export const pluginCases: readonly PluginCase[] = [
  ...configurationCases,
  ...executionCases,
  ...additionCases,
  ...deletionCases,
  ...checkCases,
  ...statusCases,
  ...versionCases,
  ...collectionCases,
  ...concurrencyCases,
  ...delegationCases,
  ...resultsCases,
  ...errorsCases,
];
