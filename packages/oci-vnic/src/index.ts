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
