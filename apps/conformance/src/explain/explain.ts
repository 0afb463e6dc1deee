import {
  type Deviation,
  deviations,
  findRequirement,
  type PluginCase,
  type Requirement,
  type RuntimeCase,
  requirementOf,
  specCommit,
} from '@vcn-cni/cni-conformance';
import { UsageError } from '../cli/usage-error.ts';
import { casesOf, everyCase } from './case-index.ts';
import { specUrl } from './spec-url.ts';

/** All that is known of a requirement. */
export interface Explanation extends Requirement {
  readonly url: string;
  readonly commit: string;
  readonly cases: readonly ExplainedCase[];
}

export interface ExplainedCase extends Pick<PluginCase, 'id' | 'title' | 'does' | 'expects'> {
  readonly level: Requirement['level'];
  readonly since: Requirement['since'];
  /** Of a case for plugins. */
  readonly roles?: PluginCase['roles'];
  readonly mutants: PluginCase['mutants'];
  readonly deviations: readonly Deviation[];
}

/** Explains a requirement with all its cases, or one case. Throws UsageError for an id of neither. */
export function explain(id: string): Explanation {
  const named = everyCase.filter((each) => each.id === id);
  const requirement = requirementNamed(named[0] ? requirementOf(named[0]) : id);
  // The id of an only case is that of its requirement.
  const chosen = id === requirement.id ? casesOf(id) : named;
  return {
    ...requirement,
    ...{ url: specUrl(requirement.section), commit: specCommit },
    cases: chosen.map((each) => explainedCase(each, requirement)),
  };
}

function requirementNamed(id: string): Requirement {
  try {
    return findRequirement(id);
  } catch {
    throw new UsageError(`${id}: no such requirement or case; \`cni-conformance list\` names them`);
  }
}

const explainedCase = (
  each: PluginCase | RuntimeCase,
  requirement: Requirement,
): ExplainedCase => ({
  ...{ id: each.id, title: each.title, does: each.does, expects: each.expects },
  level: each.level ?? requirement.level,
  since: each.since ?? requirement.since,
  ...('roles' in each && { roles: each.roles }),
  mutants: each.mutants,
  deviations: deviations.filter(({ id }) => id === each.id),
});
