import { additionDeviations } from '../cases/addition/deviations.ts';
import { checkDeviations } from '../cases/check/deviations.ts';
import { collectionDeviations } from '../cases/collection/deviations.ts';
import { concurrencyDeviations } from '../cases/concurrency/deviations.ts';
import { configurationDeviations } from '../cases/configuration/deviations.ts';
import { delegationDeviations } from '../cases/delegation/deviations.ts';
import { deletionDeviations } from '../cases/deletion/deviations.ts';
import { errorsDeviations } from '../cases/errors/deviations.ts';
import { executionDeviations } from '../cases/execution/deviations.ts';
import { resultsDeviations } from '../cases/results/deviations.ts';
import { runtimeDeviations } from '../cases/runtime/deviations.ts';
import { statusDeviations } from '../cases/status/deviations.ts';
import { versionDeviations } from '../cases/version/deviations.ts';
import type { Deviation } from './deviation.ts';

/** Findings that are known of the whole field. A finding that is not here is a failure. */
export const deviations: readonly Deviation[] = [
  ...configurationDeviations,
  ...executionDeviations,
  ...additionDeviations,
  ...deletionDeviations,
  ...checkDeviations,
  ...statusDeviations,
  ...versionDeviations,
  ...collectionDeviations,
  ...concurrencyDeviations,
  ...delegationDeviations,
  ...resultsDeviations,
  ...errorsDeviations,
  ...runtimeDeviations,
];
