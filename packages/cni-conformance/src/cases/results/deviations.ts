import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 5: result types. */
export const resultsDeviations: readonly Deviation[] = [
  {
    id: 'RES-06/vendors',
    key: 'field-lost',
    who: 'every plugin built on the Go package types',
    why: 'it reads prevResult into a type that has the fields of the specification, and prints that',
    references: ['https://github.com/containernetworking/cni/blob/main/pkg/types/100/types.go'],
  },
];
