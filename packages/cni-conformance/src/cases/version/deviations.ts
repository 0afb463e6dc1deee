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
  ...['0.3.0', '0.3.1', '0.4.0', '1.0.0'].map((version) => ({
    id: `VER-04/${version}`,
    key: 'newer-field',
    who: 'plugins built on the Go package types from 1.2.0',
    why: 'its conversion to an older version passes mtu, socketPath and pciID of interfaces (to 1.0.0) and the details of routes',
    references: ['https://github.com/containernetworking/cni/blob/main/pkg/types/100/types.go'],
  })),
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
