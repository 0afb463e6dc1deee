// For users: load networks, run their plugins.

export type { Attachment } from './attachment.ts';
export type { AttachmentKey, CachedAttachment } from './cache/cached-attachment.ts';
export { injectFields } from './load/inject-fields.ts';
export { loadConflist } from './load/load-conflist.ts';
export { LoadError, type LoadErrorKind } from './load/load-error.ts';
export { loadFirstNetwork, loadNetwork } from './load/load-network.ts';
export type { GarbageReport } from './operation/collect-garbage.ts';
export type { OperationOptions } from './operation/operation-options.ts';
export { outcomeError, PluginFailure } from './plugin-failure.ts';
export type { ValidAttachment } from './plugin-request.ts';
export { type PluginVersions, pluginVersions } from './plugin-versions.ts';
export { type RunListOptions, runList } from './run-list.ts';
export { createRuntime, type Runtime, type RuntimeOptions } from './runtime.ts';
export { SeveralFailures } from './several-failures.ts';

// For implementers: one plugin at a time, the cache by itself.

export { type AttachmentCache, createAttachmentCache } from './cache/attachment-cache.ts';
export { executePlugin, type PluginExecution, type PluginOutcome } from './execute-plugin.ts';
export { findPlugin } from './find-plugin.ts';
export { confFiles } from './load/conf-files.ts';
export { type ProcessEnvironment, pluginEnvironment } from './plugin-environment.ts';
export { type InsertedFields, pluginRequest } from './plugin-request.ts';
export { type ListCall, type ListExecution, runListPlugin } from './run-list-plugin.ts';
