import type { Requirement } from './requirement.ts';

/** Section 4: Plugin Delegation. */
export const delegation: readonly Requirement[] = [
  {
    ...{ id: 'DLG-01', level: 'MUST', of: 'plugin', since: '0.3.0' },
    section: 'Section 4: Delegated Plugin execution',
    text: 'A delegate gets all variables of its caller.',
  },
  {
    ...{ id: 'DLG-02', level: 'MUST', of: 'plugin', since: '0.3.0' },
    section: 'Section 4: Delegated Plugin execution',
    text: 'A delegate gets the whole configuration on standard input.',
  },
  {
    ...{ id: 'DLG-03', level: 'SHOULD', of: 'plugin', since: '0.3.0' },
    section: 'Section 4: Delegated Plugin execution',
    text: 'A delegate is looked for in the folders of CNI_PATH, and nowhere else.',
  },
  {
    ...{ id: 'DLG-04', level: 'SHOULD', of: 'plugin', since: '0.3.0' },
    section: 'Section 4: Delegated Plugin execution',
    text: 'What a delegate says on standard error comes out at its caller.',
  },
  {
    ...{ id: 'DLG-05', level: 'MUST', of: 'plugin', since: '0.4.0' },
    section: 'Section 4: Delegated Plugin execution',
    text: 'Whoever delegates ADD delegates CHECK, DEL and GC; a delegate that fails fails its caller.',
  },
  {
    ...{ id: 'DLG-06', level: 'SHOULD', of: 'plugin', since: '0.4.0' },
    section: 'Section 4: Delegated Plugin execution',
    text: 'A delegate whose ADD fails is executed again with DEL before its caller fails.',
  },
  {
    ...{ id: 'DLG-07', level: 'MUST', of: 'plugin', since: '0.3.0' },
    section: 'Section 4: Delegated Plugin execution',
    text: 'The IPAM plugin decides on addresses, gateways and routes, and the one that delegated does as it says.',
  },
  {
    ...{ id: 'DLG-08', level: 'SHOULD', of: 'plugin', since: '0.3.0' },
    section: 'Section 4: Delegated Plugin execution',
    text: 'Code and message of a delegate that fails reach the runtime.',
    implied: true,
  },
];
