// For users: try a plugin.

export { openPlugin, type PluginRun, type PluginRunOptions } from './open-plugin.ts';

// For implementers: the sandbox of one case.

export { type ExecOptions, openSandbox, type Sandbox, thisMachine } from './sandbox.ts';
