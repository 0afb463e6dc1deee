import { addition } from './addition.ts';
import { check } from './check.ts';
import { collection } from './collection.ts';
import { concurrency } from './concurrency.ts';
import { configuration } from './configuration.ts';
import { delegation } from './delegation.ts';
import { deletion } from './deletion.ts';
import { errors } from './errors.ts';
import { execution } from './execution.ts';
import type { Requirement } from './requirement.ts';
import { results } from './results.ts';
import { runtime } from './runtime.ts';
import { status } from './status.ts';
import { version } from './version.ts';

/** Every requirement, in the order of the specification. */
export const requirements: readonly Requirement[] = [
  ...configuration,
  ...execution,
  ...addition,
  ...deletion,
  ...check,
  ...status,
  ...version,
  ...collection,
  ...concurrency,
  ...delegation,
  ...results,
  ...errors,
  ...runtime,
];

const byId = new Map(requirements.map((each) => [each.id, each]));

/** Throws RangeError for an id that does not exist. */
export function findRequirement(id: string): Requirement {
  const found = byId.get(id);
  if (found) return found;
  throw new RangeError(`no requirement ${id}; \`cni-conformance list\` names them`);
}
