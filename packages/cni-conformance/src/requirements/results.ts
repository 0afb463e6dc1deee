import type { Requirement } from './requirement.ts';

const section = 'Section 5: Success';

/** Section 5: result types. */
export const results: readonly Requirement[] = [
  {
    ...{ id: 'RES-01', level: 'MUST', of: 'plugin', since: '0.1.0', section },
    text: 'The result of ADD has the cniVersion that the configuration has.',
  },
  {
    ...{ id: 'RES-02', level: 'MUST', of: 'plugin', since: '0.3.0', section },
    text: 'interfaces lists what the attachment made, with name, mac where that means something, and sandbox: CNI_NETNS in the container, nothing on the host.',
  },
  {
    ...{ id: 'RES-03', level: 'MUST', of: 'plugin', since: '0.3.0', section },
    text: 'ips lists the addresses, each with its prefix length, an optional gateway and the index of its interface.',
  },
  {
    ...{ id: 'RES-04', level: 'MUST', of: 'plugin', since: '0.3.0', section },
    text: 'routes lists the routes that the attachment made, each with its destination and an optional next hop.',
  },
  {
    ...{ id: 'RES-05', level: 'MUST', of: 'plugin', since: '0.1.0', section },
    text: 'dns is a dictionary of nameservers, domain, search and options.',
  },
  {
    ...{ id: 'RES-06', level: 'MUST', of: 'plugin', since: '1.0.0', section },
    text: 'A plugin that is given prevResult prints it with its own changes, or what is equivalent to it.',
  },
  {
    ...{ id: 'RES-07', level: 'MUST', of: 'plugin', since: '0.3.0', section },
    text: 'A plugin for addresses prints a result without interfaces, and without the interface of an address.',
  },
  {
    ...{ id: 'RES-08', level: 'MAY', of: 'plugin', since: '1.0.0', section },
    text: 'A plugin that is delegated to may leave out sections that do not concern it.',
    untestable: 'a permission: whatever is left out is allowed',
  },
];
