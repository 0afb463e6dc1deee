import type { Deviation } from '../../run/deviation.ts';

const ofSkel = 'every plugin built on the Go package skel';
const names = 'https://github.com/containernetworking/cni/blob/main/pkg/utils/utils.go';

/** Known of the whole field: Section 5: errors. */
export const errorsDeviations: readonly Deviation[] = [
  {
    id: 'ERR-01/version',
    key: 'no-version',
    who: ofSkel,
    why: 'its type of an error has no cniVersion; a change that gave it one was not taken',
    references: [
      'https://github.com/containernetworking/cni/issues/827',
      'https://github.com/containernetworking/cni/pull/408',
    ],
  },
  {
    id: 'ERR-02/namespace',
    key: 'code-8',
    who: 'every plugin built on the Go package skel since it looks at the namespace',
    why: 'skel answers the namespace of the host with code 8, which the specification does not have',
    references: ['https://github.com/containernetworking/cni/blob/main/pkg/types/types.go'],
  },
  {
    id: 'ERR-02/delegate',
    key: 'code-0',
    who: 'every plugin that delegates by the Go package invoke',
    why: 'invoke makes an error without a code of what a delegate said that is no error, and that is printed',
    references: ['https://github.com/containernetworking/cni/blob/main/pkg/invoke/raw_exec.go'],
  },
  {
    id: 'ERR-03/containerid',
    key: 'not-named',
    who: ofSkel,
    why: 'its message says containerID and not the name of the variable',
    references: [names],
  },
  {
    id: 'ERR-03/ifname',
    key: 'not-named',
    who: ofSkel,
    why: 'its message says interface name and not the name of the variable',
    references: [names],
  },
  {
    id: 'ERR-04/verbs',
    key: 'code-3',
    who: 'every plugin built on the Go package skel from before STATUS and GC',
    why: 'it looks at CNI_CONTAINERID before it looks whether it knows the verb',
    references: ['https://github.com/containernetworking/cni/blob/v1.1.1/pkg/skel/skel.go'],
  },
];
