// For users: the model, and what works on it without a kernel.

export type { Change } from './change.ts';
export { diff } from './diff.ts';
export { emptyState } from './empty-state.ts';
export { formatOperation } from './format.ts';
export { type Ownership, ownedBy, ownsNothing } from './ownership.ts';
export { Refusal, type RefusalCode } from './refusal.ts';
export type * from './state.ts';
export { step } from './step.ts';

// For implementers of a driver, and of plans that compare canonical data.

export {
  canonicalAddressSpec,
  canonicalNeighbour,
  canonicalRoute,
  canonicalRule,
  canonicalSysctl,
} from './canonical.ts';
export { canonicalAddress, canonicalNetwork, canonicalPrefix } from './inet.ts';
export type { Applied, ApplyOptions, Namespace, SnapshotScope } from './namespace.ts';
