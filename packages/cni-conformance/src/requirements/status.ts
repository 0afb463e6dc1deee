import type { Requirement } from './requirement.ts';

/** Section 2: STATUS. */
export const status: readonly Requirement[] = [
  {
    ...{ id: 'STA-01', level: 'MUST', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: STATUS',
    text: 'STATUS exits 0 where the plugin is ready to serve ADD.',
  },
  {
    ...{ id: 'STA-02', level: 'MUST', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: STATUS',
    text: 'STATUS fails where the plugin knows that it cannot serve ADD, with code 50, or 51 where containers suffer already.',
  },
  {
    ...{ id: 'STA-03', level: 'SHOULD', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: STATUS',
    text: 'STATUS fails where what the plugin depends on is down, or its addresses are used up.',
  },
  {
    ...{ id: 'STA-04', level: 'MUST', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: STATUS',
    text: 'A plugin does not rely on being asked STATUS.',
  },
  {
    ...{ id: 'STA-05', level: 'SHOULD', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: STATUS',
    text: 'A plugin expects ADD and DEL while its STATUS fails.',
  },
  {
    ...{ id: 'STA-06', level: 'MUST', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: STATUS',
    text: 'STATUS is passed on to delegates; what fails there fails here.',
  },
  {
    ...{ id: 'STA-07', level: 'SHOULD', of: 'plugin', since: '1.1.0' },
    section: 'Section 2: STATUS',
    text: 'STATUS needs CNI_COMMAND and nothing else; it prints nothing when it succeeds.',
  },
];
