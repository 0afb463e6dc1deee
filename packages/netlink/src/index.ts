// For users: the model, and what works on it without a kernel.

export type { Change } from './change.ts';
export { formatOperation } from './format.ts';
// For implementers of a driver.
export type { Applied, ApplyOptions, Namespace, SnapshotScope } from './namespace.ts';
export type * from './state.ts';
