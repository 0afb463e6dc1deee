import type { Deviation } from '../../run/deviation.ts';

const who = 'every plugin built on the Go package skel';

/** Known of the whole field: Section 2: parameters, environment, standard input and output. */
export const executionDeviations: readonly Deviation[] = [
  {
    id: 'ENV-04/without-path',
    key: 'path-required',
    who,
    why: 'skel asks for CNI_PATH with every verb but VERSION, whether the plugin delegates or not',
    references: ['https://github.com/containernetworking/cni/blob/main/pkg/skel/skel.go'],
  },
  {
    id: 'ENV-07/missing',
    key: 'accepted',
    who: 'every plugin built on the Go package skel with an about text',
    why: 'who starts it by hand is told what it is: on standard error, with exit 0',
    references: ['https://github.com/containernetworking/cni/blob/main/pkg/skel/skel.go'],
  },
];
