// For users: run the plugins of a network.

export type { Attachment } from './attachment.ts';
export { outcomeError, PluginFailure } from './plugin-failure.ts';
export { type RunListOptions, runList } from './run-list.ts';

// For implementers: one plugin at a time.

export { executePlugin, type PluginExecution, type PluginOutcome } from './execute-plugin.ts';
export { findPlugin } from './find-plugin.ts';
export { type ProcessEnvironment, pluginEnvironment } from './plugin-environment.ts';
export { pluginRequest } from './plugin-request.ts';
