import { createMemoryStore, type MemoryStore } from '../src/index.ts';
import { storeCompliance } from './store-compliance.ts';

storeCompliance(() => ({
  open: () => createMemoryStore({ now: () => 77 }),
  reopen: (store) => (store as MemoryStore).reopen(),
}));
