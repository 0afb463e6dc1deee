import type { Role } from '@vcn-cni/cni-conformance';
import { referenceChained } from './chained/chained.ts';
import { referenceInterface } from './interface/interface.ts';
import { referenceIpam } from './ipam/ipam.ts';
import { referenceLoopback } from './loopback.ts';
import { referenceMeta } from './meta.ts';
import type { Plugin } from './plugin.ts';

/** By the name of their file, and so by `type`. */
export const plugins: Readonly<Record<string, Plugin>> = {
  'reference-interface': referenceInterface,
  'reference-chained': referenceChained,
  'reference-ipam': referenceIpam,
  'reference-loopback': referenceLoopback,
  'reference-meta': referenceMeta,
};

export const typeOf = (role: Role): string => `reference-${role}`;
