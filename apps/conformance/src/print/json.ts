import { summarise, weigh } from '@vcn-cni/cni-conformance';
import type { RunReport } from '../run-report.ts';

/**
 * One object: `{spec, plugin, cases, summary}`, or `runtime` in place of `plugin`. A case whose verdict does not tell
 * what it is worth (`unexpected-pass`, `expected-failure`, `below-level`) says so as `weight`.
 */
export function formatJson({ spec, subject, cases, standard }: RunReport): string {
  const { kind, ...whom } = subject;
  const document = {
    spec,
    [kind]: whom,
    cases: cases.map((each) => {
      const weight = weigh(each, standard);
      const telling = weight !== 'none' && weight !== 'failure';
      const { id, level, section, title, verdict, evidence, durationMs, ...more } = each;
      return {
        ...{ id, level, section, title, verdict },
        ...(telling && { weight }),
        ...more,
        ...{ evidence, durationMs },
      };
    }),
    summary: summarise(cases),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
