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
    id: 'ADD-10/namespace-of-host',
    key: 'host-namespace-accepted',
    who: 'plugins that change nothing there, built on the Go package skel before it compared namespaces',
    why: 'the comparison came with release 1.1.0 of the library',
    references: [skel],
  },
  {
    id: 'ADD-03/not-first',
    key: 'prevresult-lost',
    who: 'the reference plugins that make interfaces: ptp, bridge, macvlan, host-device',
    why: 'they take it that they are the first of their list, and begin a result of their own',
    references: ['https://github.com/containernetworking/plugins/tree/main/plugins/main'],
  },
  {
    id: 'ADD-03/vendor-fields',
    key: 'vendor-fields-lost',
    who: 'every plugin built on the Go package types',
    why: 'prevResult is read into types that hold what the specification names, and no more',
    references: ['https://github.com/containernetworking/cni/tree/main/pkg/types'],
  },
];
