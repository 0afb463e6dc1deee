// For users.

export { formatOperation } from './format-operation.ts';
export { createVnicManager } from './manager.ts';
export type * from './manager-contract.ts';
export type * from './model.ts';
export { plan } from './plan.ts';
export type * from './plan-model.ts';
export { type ShapeFacts, vnicLimit } from './shape-limit.ts';

// For implementers.

export { asFailure, judgeFailure, type Verdict } from './judge-failure.ts';
export { callTag, ownerTag, ownsAssignment, ownsVnic } from './ownership.ts';
export { createFakeCloud, type FakeCloud } from './testing/fake-cloud.ts';
export type * from './testing/fake-options.ts';
export { createSimulatedClock, type SimulatedClock } from './testing/simulated-clock.ts';
export { type VnicApiCase, type VnicApiSetup, vnicApiCases } from './testing/vnic-api-cases.ts';
