import type { RunReport } from '../run-report.ts';

/** Who was tried, and how, in a line: `ptp (interface), CNI 1.0.0`. */
export function subjectText({ subject, spec }: Pick<RunReport, 'subject' | 'spec'>): string {
  const name = subject.kind === 'plugin' ? subject.type : 'the runtime';
  const role = subject.kind === 'plugin' && subject.role ? ` (${subject.role})` : '';
  return `${name}${role}, CNI ${spec}`;
}
