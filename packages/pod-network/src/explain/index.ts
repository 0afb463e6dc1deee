export type {
  HostCapture,
  Listener,
  NamespaceCapture,
  SecurityRule,
  VnicCapture,
} from './capture.ts';
export { captureNamespace, type NamespaceReading } from './capture-namespace.ts';
export { capturedSysctls } from './captured-sysctls.ts';
export { type ExplainOptions, explain } from './explain.ts';
export type { Choice, Explanation, Step, StepKind } from './explanation.ts';
export {
  type ConnectionState,
  type Flow,
  formatFlow,
  type Packet,
  type Protocol,
} from './packet.ts';
export { pairVeths } from './pair-veths.ts';
export { ladder } from './render/ladder.ts';
export { mermaid } from './render/mermaid.ts';
export { svg } from './render/svg.ts';
