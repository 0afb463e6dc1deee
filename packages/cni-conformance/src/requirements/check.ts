import type { Requirement } from './requirement.ts';

/** Section 2: CHECK. */
export const check: readonly Requirement[] = [
  {
    ...{ id: 'CHK-01', level: 'MUST', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: CHECK',
    text: 'CHECK consults prevResult for the interfaces and addresses that it expects.',
  },
  {
    ...{ id: 'CHK-02', level: 'MUST', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: CHECK',
    text: 'CHECK tolerates what plugins later in the list changed, as more routes.',
  },
  {
    ...{ id: 'CHK-03', level: 'SHOULD', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: CHECK',
    text: 'CHECK fails where an interface, address or route that the plugin made and listed is missing or wrong.',
  },
  {
    ...{ id: 'CHK-04', level: 'SHOULD', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: CHECK',
    text: 'CHECK fails where what results do not list is missing: firewall rules, shaping, the reservation of the address, a daemon.',
  },
  {
    ...{ id: 'CHK-05', level: 'SHOULD', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: CHECK',
    text: 'CHECK fails where the plugin can know that the container is not reachable.',
  },
  {
    ...{ id: 'CHK-06', level: 'MUST', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: CHECK',
    text: 'CHECK works at once after ADD, however long the network takes to settle.',
  },
  {
    ...{ id: 'CHK-07', level: 'SHOULD', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: CHECK',
    text: 'CHECK is delegated too, and fails where the delegate fails.',
  },
  {
    ...{ id: 'CHK-10', level: 'MUST', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: CHECK',
    text: 'CHECK prints nothing, or an error.',
  },
  {
    ...{ id: 'CHK-11', level: 'SHOULD', of: 'plugin', since: '0.4.0' },
    section: 'Section 2: CHECK',
    text: 'CHECK with a configuration before 0.4.0, which does not know it, is an error of version: code 1.',
  },
];
