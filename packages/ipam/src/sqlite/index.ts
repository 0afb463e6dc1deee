export type { PastHolder, Store, StoredAttachment } from '../store.ts';
export { StoreError, type StoreErrorReason } from '../store-error.ts';
export { type OpenStoreOptions, openStore } from './open-store.ts';
