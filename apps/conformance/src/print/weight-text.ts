import { type CaseReport, type Standard, weigh } from '@vcn-cni/cni-conformance';

/** Why a verdict counts, or does not, where the verdict alone does not tell; empty otherwise. */
export function weightText(report: CaseReport, standard: Standard): string {
  switch (weigh(report, standard)) {
    case 'unexpected-pass':
      return 'it passes, and is listed among the expected failures: take it out of the list';
    case 'expected-failure':
      return 'listed among the expected failures';
    case 'below-level':
      return report.level === 'MAY'
        ? 'MAY: for information'
        : `${report.level}: does not count at --level ${standard.level}`;
    default:
      return '';
  }
}
