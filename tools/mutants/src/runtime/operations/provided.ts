import { parseJson } from '@vcn-cni/cni-spec';
import { type RuntimeWorld, variable } from '../runtime-world.ts';

/** Values of capabilities, by name. */
export const providedBy = (world: RuntimeWorld): Readonly<Record<string, unknown>> =>
  parseJson(variable(world, 'CAP_ARGS') || '{}') as Record<string, unknown>;
