export { createSandbox, type ExecResult, type Sandbox, type SandboxNamespace } from './sandbox.ts';
