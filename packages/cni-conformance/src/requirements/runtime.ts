import type { Requirement } from './requirement.ts';

/** Sections 1 to 3, as far as they bind runtimes. */
export const runtime: readonly Requirement[] = [
  {
    ...{ id: 'CFG-01', level: 'MUST', of: 'runtime', since: '1.0.0' },
    section: 'Section 1: Configuration format',
    text: 'cniVersion of a list is a text that names a version of the specification.',
  },
  {
    ...{ id: 'CFG-04', level: 'MUST', of: 'runtime', since: '0.4.0' },
    section: 'Section 1: Configuration format',
    text: 'A list with disableCheck is never checked.',
  },
  {
    ...{ id: 'CFG-05', level: 'MUST', of: 'runtime', since: '1.1.0' },
    section: 'Section 1: Configuration format',
    text: 'A list with disableGC is never collected.',
  },
  {
    ...{ id: 'CFG-06', level: 'MUST', of: 'runtime', since: '1.1.0' },
    section: 'Section 1: Configuration format',
    text: 'Plugins from other sources follow those of the list, unless it says loadOnlyInlinedPlugins; then there must be some in it.',
  },
  {
    ...{ id: 'CFG-07', level: 'MUST', of: 'runtime', since: '1.1.0' },
    section: 'Section 1: Configuration format',
    text: 'A plugin from another source belongs to exactly one network; each that is valid is executed, and none that is not.',
  },
  {
    ...{ id: 'CFG-08', level: 'MUST', of: 'runtime', since: '0.3.0' },
    section: 'Section 1: Plugin configuration objects',
    text: 'Fields of a plugin that the runtime does not know reach it unchanged.',
  },
  {
    ...{ id: 'CFG-09', level: 'MUST', of: 'runtime', since: '0.1.0' },
    section: 'Section 1: Plugin configuration objects',
    text: 'Every plugin has a type, the name of its file, without a path.',
  },
  {
    ...{ id: 'CFG-13', level: 'MUST', of: 'runtime', since: '1.1.0' },
    section: 'Section 1: Version considerations',
    text: 'Of cniVersion and cniVersions the highest is taken that the runtime supports.',
  },
  {
    ...{ id: 'CFG-14', level: 'MAY', of: 'runtime', since: '1.1.0' },
    section: 'Section 1: Version considerations',
    text: 'What plugins answer to VERSION may be heeded when a version is chosen.',
    untestable: 'the choice is left to the runtime: with and without it is right',
  },
  {
    ...{ id: 'EXE-02', level: 'MUST', of: 'runtime', since: '0.1.0' },
    section: 'Section 2: Overview',
    text: 'Plugins are executed in the network namespace of the runtime.',
  },
  {
    ...{ id: 'ADD-05', level: 'SHOULD', of: 'runtime', since: '0.4.0' },
    section: 'Section 2: ADD',
    text: 'There is no second ADD for the same container and interface without a DEL between.',
  },
  {
    ...{ id: 'DEL-02', level: 'MUST', of: 'runtime', since: '0.4.0' },
    section: 'Section 2: DEL',
    text: 'DEL carries as prevResult the final result of the ADD of its attachment.',
  },
  {
    ...{ id: 'CHK-08', level: 'MUST', of: 'runtime', since: '0.4.0' },
    section: 'Section 2: CHECK',
    text: 'CHECK comes only between ADD and DEL, with prevResult, and with what ADD had.',
  },
  {
    ...{ id: 'CHK-09', level: 'MAY', of: 'runtime', since: '0.4.0' },
    section: 'Section 2: CHECK',
    text: 'A runtime may check at any time until DEL, stop at the first error, and take a container for lost.',
    untestable: 'leave that is given to the runtime: whatever it does is right',
  },
  {
    ...{ id: 'GC-05', level: 'MUST', of: 'runtime', since: '1.1.0' },
    section: 'Section 2: GC',
    text: 'GC does not take the place of DEL.',
  },
  {
    ...{ id: 'GC-06', level: 'MUST', of: 'runtime', since: '1.1.0' },
    section: 'Section 2: GC',
    text: 'GC carries cni.dev/valid-attachments: the container id and interface of each attachment that stays.',
  },
  {
    ...{ id: 'LIF-01', level: 'MUST', of: 'runtime', since: '0.1.0' },
    section: 'Section 3: Lifecycle & Ordering',
    text: 'The namespace of the container is there before any plugin is executed.',
  },
  {
    ...{ id: 'LIF-02', level: 'MUST', of: 'runtime', since: '0.1.0' },
    section: 'Section 3: Lifecycle & Ordering',
    text: 'Operations for one container do not run at the same time; those for different ones may.',
  },
  {
    ...{ id: 'LIF-03', level: 'MUST', of: 'runtime', since: '1.1.0' },
    section: 'Section 3: Lifecycle & Ordering',
    text: 'While networks are collected nothing is added or deleted.',
  },
  {
    ...{ id: 'LIF-05', level: 'MUST', of: 'runtime', since: '0.1.0' },
    section: 'Section 3: Lifecycle & Ordering',
    text: 'Every ADD is followed by a DEL in the end, also one that failed.',
  },
  {
    ...{ id: 'LIF-06', level: 'MAY', of: 'runtime', since: '0.4.0' },
    section: 'Section 3: Lifecycle & Ordering',
    text: 'A DEL may be followed by others.',
  },
  {
    ...{ id: 'LIF-07', level: 'SHOULD', of: 'runtime', since: '0.3.0' },
    section: 'Section 3: Lifecycle & Ordering',
    text: 'The configuration does not change between ADD and DEL.',
  },
  {
    ...{ id: 'LIF-08', level: 'MUST', of: 'runtime', since: '0.1.0' },
    section: 'Section 3: Lifecycle & Ordering',
    text: 'The runtime removes the namespace of the container in the end.',
  },
  {
    ...{ id: 'ATT-01', level: 'MUST', of: 'runtime', since: '0.1.0' },
    section: 'Section 3: Attachment parameters',
    text: 'Container id, namespace, interface, arguments and search path are those of the attachment, for each of its plugins.',
  },
  {
    ...{ id: 'RUN-01', level: 'MUST', of: 'runtime', since: '0.3.0' },
    section: 'Section 3: Adding an attachment',
    text: 'ADD runs the plugins in their order, hands each the result of the one before, stops at the first error, and keeps the last result.',
  },
  {
    ...{ id: 'RUN-02', level: 'MUST', of: 'runtime', since: '0.3.0' },
    section: 'Section 3: Deleting an attachment',
    text: 'DEL runs the plugins in reverse order, hands each the result of ADD, and stops at the first error.',
  },
  {
    ...{ id: 'RUN-03', level: 'MUST', of: 'runtime', since: '0.4.0' },
    section: 'Section 3: Checking an attachment',
    text: 'CHECK runs the plugins in their order, hands each the result of ADD, and stops at the first error.',
  },
  {
    ...{ id: 'RUN-04', level: 'MUST', of: 'runtime', since: '1.1.0' },
    section: 'Section 3: Garbage-collecting a network',
    text: 'GC runs the plugins in their order, goes on after an error, and returns all errors.',
  },
  {
    ...{ id: 'RUN-05', level: 'SHOULD', of: 'runtime', since: '1.1.0' },
    section: 'Section 2: STATUS',
    text: 'STATUS asks the plugins of a list, and says so when one cannot serve.',
    implied: true,
  },
  {
    ...{ id: 'REQ-01', level: 'MUST', of: 'runtime', since: '0.3.0' },
    section: 'Section 3: Deriving request configuration',
    text: 'cniVersion and name of the list are set for each plugin.',
  },
  {
    ...{ id: 'REQ-02', level: 'MUST', of: 'runtime', since: '0.3.0' },
    section: 'Section 3: Deriving request configuration',
    text: 'runtimeConfig holds what the plugin declares under capabilities and the caller provides.',
  },
  {
    ...{ id: 'REQ-03', level: 'MUST', of: 'runtime', since: '0.3.0' },
    section: 'Section 3: Deriving request configuration',
    text: 'prevResult is set, except for the first plugin of an ADD.',
  },
  {
    ...{ id: 'REQ-04', level: 'MUST', of: 'runtime', since: '1.0.0' },
    section: 'Section 3: Deriving request configuration',
    text: 'capabilities is not part of what a plugin gets.',
  },
  {
    ...{ id: 'REQ-05', level: 'SHOULD', of: 'runtime', since: '1.0.0' },
    section: 'Section 3: Deriving request configuration',
    text: 'Every other field, but those of cni.dev/, is passed as it is.',
  },
];
