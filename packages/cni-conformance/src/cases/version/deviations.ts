import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 2: VERSION. */
export const versionDeviations: readonly Deviation[] = [
  {
    id: 'VER-02',
    key: 'version-not-echoed',
    who: 'every plugin built on the Go package skel',
    why: 'skel does not read what it is given, and names the newest version that it knows',
    references: ['https://github.com/containernetworking/cni/issues/826'],
  },
  ...['VER-04/0.1.0', 'VER-04/0.2.0'].map((id) => ({
    id,
    key: 'refused-without-address',
    who: 'every plugin built on the Go package types that gives no address',
    why: 'its conversion to these versions refuses a result without one, though ip4 and ip6 are optional there',
    references: [
      'https://github.com/containernetworking/cni/blob/main/pkg/types/040/types.go',
      'https://github.com/containernetworking/cni/blob/spec-v0.2.0/SPEC.md',
    ],
  })),
];
