// For users: who tests what stands on VNICs.

export { createFakeCloud, type FakeCloud } from './fake-cloud.ts';
export type * from './fake-options.ts';
export { createSimulatedClock, type SimulatedClock } from './simulated-clock.ts';

// For implementers: of a VnicApi.

export { type VnicApiCase, type VnicApiSetup, vnicApiCases } from './vnic-api-cases.ts';
