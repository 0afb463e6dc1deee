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
];
