export { type Ping, ping } from './flow.ts';
export { createLab, type Lab } from './lab.ts';
export type { LabDaemon } from './lab-daemon.ts';
export type { LabOptions } from './lab-options.ts';
export type { LabPaths } from './lab-paths.ts';
export type { Invoked, LabPod, Outcome, PodOptions } from './lab-pod.ts';
export { buildPlugins, referencePlugins, vcnctlMain } from './plugins.ts';
export { connectTcp, serveTcp } from './tcp-flow.ts';
export { addresses, mtu, uplink } from './topology.ts';
