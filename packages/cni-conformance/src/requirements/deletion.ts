import type { Requirement } from './requirement.ts';

/** Section 2: DEL. */
export const deletion: readonly Requirement[] = [
  {
    ...{ id: 'DEL-01', level: 'SHOULD', of: 'plugin', since: '0.1.0' },
    section: 'Section 2: DEL',
    text: 'DEL deletes the interface of the container, or undoes what its ADD changed.',
  },
  {
    ...{ id: 'DEL-03', level: 'SHOULD', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: DEL',
    text: 'DEL without prevResult, or with an empty one, is no error.',
  },
  {
    ...{ id: 'DEL-04', level: 'SHOULD', of: 'plugin', since: '0.3.0' },
    section: 'Section 2: DEL',
    text: 'DEL does what it can, and is no error where resources or state are missing.',
  },
  {
    ...{ id: 'DEL-05', level: 'SHOULD', of: 'plugin', since: '0.3.0' },
    section: 'Section 2: DEL',
    text: 'DEL releases addresses and what is on the host, and succeeds, where the namespace is gone or not given.',
  },
  {
    ...{ id: 'DEL-06', level: 'MUST', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: DEL',
    text: 'More than one DEL of the same attachment is accepted, and succeeds where nothing is left to delete.',
  },
  {
    ...{ id: 'DEL-07', level: 'SHOULD', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: DEL',
    text: 'A plugin that delegates addresses delegates DEL too, without a namespace or an interface as well.',
  },
  {
    ...{ id: 'DEL-08', level: 'MUST', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: DEL',
    text: 'DEL needs CNI_COMMAND, CNI_CONTAINERID and CNI_IFNAME, and nothing else.',
  },
  {
    ...{ id: 'DEL-09', level: 'SHOULD', of: 'plugin', since: '0.3.0' },
    section: 'Section 2: DEL',
    text: 'DEL that succeeds prints nothing.',
    implied: true,
  },
];
