// For users.

export type { AddressCounts, BlockCounts } from './counts.ts';
export type { AddressState } from './describe-address.ts';
export type { Family } from './family.ts';
export { createMemoryStore, type MemoryStore } from './memory-store.ts';
export type * from './model.ts';
export { type FamilyPlan, type PoolDemand, type PoolPolicy, planPool } from './plan-pool.ts';
export { createPool } from './pool.ts';
export type { FamilyCounts, Pool, PoolCounts, PoolDeps, PoolOptions } from './pool-contract.ts';
export { PoolError, type PoolErrorReason } from './pool-error.ts';
export type { PastHolder, Store, StoredAttachment } from './store.ts';
export { StoreError, type StoreErrorReason } from './store-error.ts';

// For implementers: what the pool decides with.

export { formatAddress, parseAddress } from './address.ts';
export { chooseVnic, type VnicCandidate } from './choose-vnic.ts';
export { families } from './family.ts';
export { formatKey } from './key.ts';
