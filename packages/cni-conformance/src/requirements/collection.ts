import type { Requirement } from './requirement.ts';

/** Section 2: GC. */
export const collection: readonly Requirement[] = [
  {
    ...{ id: 'GC-01', level: 'SHOULD', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: GC',
    text: 'GC removes what it can of attachments that are not listed as valid, as reservations of addresses, and nothing else.',
  },
  {
    ...{ id: 'GC-02', level: 'MAY', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: GC',
    text: 'GC may take it that the namespaces of what is not listed are gone.',
    untestable: 'a permission: whoever does not use it conforms as well',
  },
  {
    ...{ id: 'GC-03', level: 'SHOULD', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: GC',
    text: 'GC is no error as a rule; where one part fails it goes on with the others and reports at the end.',
  },
  {
    ...{ id: 'GC-04', level: 'MUST', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: GC',
    text: 'GC is passed on to delegates.',
  },
  {
    ...{ id: 'GC-07', level: 'MUST', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: GC',
    text: 'GC that succeeds prints nothing; one that fails prints an error.',
  },
  {
    ...{ id: 'GC-08', level: 'MAY', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: GC',
    text: 'An empty list makes everything stale; no list is not an empty one.',
    implied: true,
  },
];
