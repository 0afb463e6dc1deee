import { additionMutants } from './addition.ts';
import { checkMutants } from './check.ts';
import { collectionMutants } from './collection.ts';
import { concurrencyMutants } from './concurrency.ts';
import { configurationMutants } from './configuration.ts';
import { delegationMutants } from './delegation.ts';
import { deletionMutants } from './deletion.ts';
import { inputMutants } from './input.ts';
import type { Mutant } from './mutant.ts';
import { outputMutants } from './output.ts';
import { previousResultMutants } from './previous-result.ts';
import { resultMutants } from './result.ts';
import { statusMutants } from './status.ts';
import { stepMutants } from './steps.ts';
import { variableMutants } from './variables.ts';
import { versionMutants } from './version.ts';

/** Of those that a step of a plugin asks for. */
export type MutantName = (typeof stepMutants)[number]['name'];

/** In the order of the specification. */
export const mutants: readonly Mutant[] = [
  ...configurationMutants,
  ...inputMutants,
  ...outputMutants,
  ...variableMutants,
  ...additionMutants,
  ...deletionMutants,
  ...checkMutants,
  ...statusMutants,
  ...collectionMutants,
  ...concurrencyMutants,
  ...delegationMutants,
  ...versionMutants,
  ...resultMutants,
  ...previousResultMutants,
  ...stepMutants,
];
