import type { Deviation } from '../../run/deviation.ts';

const skel = 'https://github.com/containernetworking/cni/blob/main/pkg/skel/skel.go';

/** Known of the whole field: Section 2: ADD. */
export const additionDeviations: readonly Deviation[] = [
  {
    id: 'ADD-10/namespace-of-host',
    key: 'host-changed',
    who: 'every plugin built on the Go package skel',
    why: 'skel compares the namespaces after the plugin has done its work',
    references: [skel],
  },
  {
    id: 'ADD-03/vendor-fields',
    key: 'vendor-fields-lost',
    who: 'every plugin built on the Go package types',
    why: 'prevResult is read into types that hold what the specification names, and no more',
    references: ['https://github.com/containernetworking/cni/tree/main/pkg/types'],
  },
];
