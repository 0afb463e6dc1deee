import type { Requirement } from './requirement.ts';

/** Section 3: what runs at the same time. */
export const concurrency: readonly Requirement[] = [
  {
    ...{ id: 'LIF-04', level: 'MUST', of: 'plugin', since: '0.3.0' },
    section: 'Section 3: Lifecycle and Ordering',
    text: 'A plugin can be executed for several containers at once, and guards what they share.',
  },
];
