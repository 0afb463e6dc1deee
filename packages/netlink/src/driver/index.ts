// For users.

export type { Change } from '../change.ts';
export type { Applied, ApplyOptions, Namespace, SnapshotScope } from '../namespace.ts';
export { NetlinkError } from './error.ts';
export type { KernelNamespace } from './kernel-namespace.ts';
export { NamespaceError, type NamespaceReason } from './namespace-error.ts';
export { openHost, openNamespace } from './open.ts';
export { MissingDependencyError } from './optional.ts';
export type { TableChange } from './table-watcher.ts';

// For implementers.

export { inside, newNamespace } from './enter.ts';
