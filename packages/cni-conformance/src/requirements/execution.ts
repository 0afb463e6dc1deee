import type { Requirement } from './requirement.ts';

const overview = 'Section 2: Execution Protocol, Overview';
const parameters = 'Section 2: Execution Protocol, Parameters';

/** Section 2: parameters, environment, standard input and output. */
export const execution: readonly Requirement[] = [
  {
    ...{ id: 'EXE-01', level: 'MUST', of: 'plugin', since: '0.1.0', section: overview },
    text: 'Parameters come in the environment, the configuration as JSON on standard input; the result goes to standard output.',
  },
  {
    ...{ id: 'EXE-03', level: 'MUST', of: 'plugin', since: '0.1.0', section: overview },
    text: 'A plugin exits 0 when it succeeded, and with another code when it failed.',
  },
  {
    ...{ id: 'EXE-04', level: 'SHOULD', of: 'plugin', since: '0.1.0', section: overview },
    text: 'A plugin that fails prints one error object as JSON.',
  },
  {
    ...{ id: 'EXE-05', level: 'SHOULD', of: 'plugin', since: '1.0.0', section: 'Section 5: Error' },
    text: 'What cannot be decoded is code 6, a configuration that cannot be used code 7.',
  },
  {
    ...{ id: 'ENV-01', level: 'MUST', of: 'plugin', since: '0.4.0', section: parameters },
    text: 'CNI_CONTAINERID is not empty, begins with a letter or digit, and goes on with letters, digits, _, . and -.',
  },
  {
    ...{ id: 'ENV-02', level: 'MUST', of: 'plugin', since: '0.1.0', section: parameters },
    text: 'A plugin that cannot use CNI_IFNAME as the name of its interface returns an error.',
  },
  {
    ...{ id: 'ENV-03', level: 'MUST', of: 'plugin', since: '1.0.0', section: 'Section 5: Error' },
    text: 'A variable that is necessary and missing is code 4, and the message has its name.',
  },
  {
    ...{ id: 'ENV-04', level: 'MUST', of: 'plugin', since: '1.0.0', section: parameters },
    text: 'CNI_PATH is optional for ADD, DEL, CHECK and STATUS, and required for GC.',
  },
  {
    ...{ id: 'ENV-05', level: 'MUST', of: 'plugin', since: '0.4.0', section: parameters },
    text: 'CNI_NETNS is optional for DEL.',
  },
  {
    ...{ id: 'ENV-06', level: 'MUST', of: 'plugin', since: '0.1.0', section: parameters },
    text: 'CNI_ARGS is a list of KEY=VALUE between semicolons.',
  },
  {
    ...{ id: 'ENV-07', level: 'MUST', of: 'plugin', since: '0.1.0', section: parameters },
    text: 'CNI_COMMAND is one of the verbs; anything else is a failure.',
  },
];
