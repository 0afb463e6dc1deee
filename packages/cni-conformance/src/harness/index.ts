// For users: try a plugin, or a runtime.

export { openPlugin, type PluginRun, type PluginRunOptions } from './open-plugin.ts';
export { openRuntime, type RuntimeRun, type RuntimeRunOptions } from './open-runtime.ts';

// For implementers: the sandbox of one case.

export { type ExecOptions, openSandbox, type Sandbox, thisMachine } from './sandbox.ts';
