import type { Requirement } from './requirement.ts';

const success = 'Section 5: Version Success';

/** Section 2, VERSION, and section 5, Version Success. */
export const version: readonly Requirement[] = [
  {
    ...{ id: 'VER-01', level: 'MUST', of: 'plugin', since: '0.2.0', section: success },
    text: 'VERSION prints an object with cniVersion and the list supportedVersions.',
  },
  {
    ...{ id: 'VER-02', level: 'MUST', of: 'plugin', since: '0.4.0', section: success },
    text: 'The cniVersion of the answer is that of the request.',
  },
  {
    ...{ id: 'VER-03', level: 'MUST', of: 'plugin', since: '0.2.0', section: 'Section 2: VERSION' },
    text: 'VERSION needs CNI_COMMAND and no other variable.',
  },
  {
    ...{ id: 'VER-04', level: 'MUST', of: 'plugin', since: '0.2.0', section: success },
    text: 'Each version that a plugin lists works, and its results have the shape of that version.',
    implied: true,
  },
  {
    ...{ id: 'VER-05', level: 'SHOULD', of: 'plugin', since: '0.4.0', section: 'Section 5: Error' },
    text: 'A configuration in a version that the plugin does not list is refused with code 1.',
  },
  {
    ...{ id: 'VER-06', level: 'MUST', of: 'plugin', since: '0.1.0', section: 'Section 5: Success' },
    text: 'The cniVersion of a result is that of the configuration, whichever of the listed versions that is.',
  },
];
