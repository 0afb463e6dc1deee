import type { Requirement } from './requirement.ts';

/** Section 2: ADD. */
export const addition: readonly Requirement[] = [
  {
    ...{ id: 'ADD-01', level: 'SHOULD', of: 'plugin', since: '0.1.0' },
    section: 'Section 2: ADD',
    text: 'ADD makes the interface that CNI_IFNAME names in the namespace at CNI_NETNS, or adjusts the one that is there.',
  },
  {
    ...{ id: 'ADD-02', level: 'MUST', of: 'plugin', since: '0.1.0' },
    section: 'Section 2: ADD',
    text: 'ADD that succeeds prints its result on standard output: one JSON document.',
  },
  {
    ...{ id: 'ADD-03', level: 'MUST', of: 'plugin', since: '0.3.0' },
    section: 'Section 2: ADD',
    text: 'What prevResult holds is passed through, or changed as the plugin changed the container.',
  },
  {
    ...{ id: 'ADD-04', level: 'MUST', of: 'plugin', since: '0.3.0' },
    section: 'Section 2: ADD',
    text: 'ADD fails where the container has an interface of that name already.',
  },
  {
    ...{ id: 'ADD-06', level: 'SHOULD', of: 'plugin', since: '0.3.0' },
    section: 'Section 2: ADD',
    text: 'A container may be on one network more than once, with another interface name each time.',
  },
  {
    ...{ id: 'ADD-07', level: 'MUST', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: ADD',
    text: 'ADD needs CNI_COMMAND, CNI_CONTAINERID, CNI_NETNS and CNI_IFNAME.',
  },
  {
    ...{ id: 'ADD-08', level: 'SHOULD', of: 'plugin', since: '0.3.0' },
    section: 'Section 5: Add Success',
    text: 'The result of ADD is true: interfaces, addresses and routes are in the kernel as it lists them.',
    implied: true,
  },
  {
    ...{ id: 'ADD-09', level: 'SHOULD', of: 'plugin', since: '0.3.0' },
    section: 'Section 5: Add Success',
    text: 'The result of ADD lists every interface that it made, those of the host too.',
    implied: true,
  },
  {
    ...{ id: 'ADD-10', level: 'SHOULD', of: 'plugin', since: '0.3.0' },
    section: 'Section 2: ADD',
    text: 'After an ADD that failed, or was ended from outside, DEL leaves nothing of it.',
    implied: true,
  },
];
