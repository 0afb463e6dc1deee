export { type Ping, ping } from './flow.ts';
export { createLab, type Lab, type LabOptions } from './lab.ts';
export type { LabDaemon, LabPaths } from './lab-daemon.ts';
export type { Invoked, LabPod, Outcome, PodOptions } from './lab-pod.ts';
export { buildPlugins, referencePlugins, vcnctlMain } from './plugins.ts';
export { connectTcp, serveTcp } from './tcp-flow.ts';
export { addresses, mtu, uplink } from './topology.ts';
