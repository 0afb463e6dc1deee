import type { Requirement } from './requirement.ts';

/** Section 2, DEL. */
export const deletion: readonly Requirement[] = [
  {
    ...{ id: 'DEL-01', level: 'SHOULD', of: 'plugin', since: '0.1.0' },
    section: 'Section 2: DEL',
    text: 'DEL deletes the interface of the container, or undoes what its ADD changed.',
  },
  {
    ...{ id: 'DEL-06', level: 'MUST', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: DEL',
    text: 'More than one DEL of the same attachment is accepted, and succeeds where nothing is left to delete.',
  },
];
