import type { Deviation } from '../../run/deviation.ts';

const known = (id: string, key: string): Deviation => ({
  ...{ id, key },
  who: 'all reference plugins',
  why: 'none does anything for GC: those that delegate do not pass it on, and host-local collects nothing',
  references: ['https://github.com/containernetworking/plugins/tree/main/plugins'],
});

/** Known of the whole field: Section 2: GC. */
export const collectionDeviations: readonly Deviation[] = [
  known('GC-01/stale', 'stale-left'),
  known('GC-01/address-free', 'address-not-released'),
  known('GC-01/interface-name', 'stale-left'),
  known('GC-01/key-of-text', 'stale-left'),
  known('GC-01/key-of-release', 'stale-left'),
  known('GC-03/goes-on', 'stale-left'),
  known('GC-04', 'gc-not-delegated'),
  known('GC-07/error', 'failure-ignored'),
  known('GC-08/empty', 'stale-left'),
];
