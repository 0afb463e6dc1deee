import type { Requirement } from './requirement.ts';

/** Section 2, VERSION, and section 5, Version Success. */
export const version: readonly Requirement[] = [
  {
    ...{ id: 'VER-02', level: 'MUST', of: 'plugin', since: '0.4.0' },
    section: 'Section 5: Version Success',
    text: 'The cniVersion of the answer is that of the request.',
  },
];
