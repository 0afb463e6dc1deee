import type { CaseReport } from '@vcn-cni/cni-conformance';

/** What a report says besides its verdict: the finding, why it is a deviation, the reason of a skip. */
export function explanation({ finding, deviation, reason }: CaseReport): string {
  return [
    ...(finding ? [finding.message] : []),
    ...(deviation
      ? [`${deviation.who}: ${deviation.why} (${deviation.references.join(', ')})`]
      : []),
    ...(reason === undefined ? [] : [reason]),
  ].join('\n');
}
