import type { Requirement } from './requirement.ts';

const section = 'Section 5: Error';

/** Section 5: errors. */
export const errors: readonly Requirement[] = [
  {
    ...{ id: 'ERR-01', level: 'SHOULD', of: 'plugin', since: '0.4.0', section },
    text: 'An error has cniVersion, code, msg and details.',
  },
  {
    ...{ id: 'ERR-02', level: 'MUST', of: 'plugin', since: '0.4.0', section },
    text: 'Codes up to 99 are those of the specification and mean what it says; a plugin has its own from 100.',
  },
  {
    ...{ id: 'ERR-03', level: 'MUST', of: 'plugin', since: '1.0.0', section },
    text: 'The message of code 2 has key and value of the field, that of code 4 the names of the variables.',
  },
  {
    ...{ id: 'ERR-04', level: 'MUST', of: 'plugin', since: '0.4.0', section },
    text: 'Code 3 says that the container is not known, so that nothing has to be cleaned up.',
  },
  {
    ...{ id: 'ERR-05', level: 'MUST', of: 'plugin', since: '0.1.0', section },
    text: 'Standard error is free for logs; standard output holds none.',
  },
];
