import { type Finding, findRequirement, type PluginUnderTest } from '@vcn-cni/cni-conformance';
import type { RunReport } from '../run-report.ts';

/** Of a plugin that does not say what versions it has: nothing else can be tried, and that alone is a failure. */
export function unansweredReport(
  { key, message }: Finding,
  { bin, config }: PluginUnderTest,
  plan: Omit<RunReport, 'cases' | 'planned' | 'durationMs' | 'subject'>,
): RunReport {
  const { id, level, section, text } = findRequirement('VER-01');
  const does = 'executes VERSION';
  return {
    ...plan,
    subject: { kind: 'plugin', type: String(config['type']), bin, supportedVersions: [] },
    cases: [
      {
        ...{ id, level, section, title: text, does, expects: 'an answer with supportedVersions' },
        ...{ verdict: 'fail', finding: { key, message } },
        evidence: [{ kind: 'note', text: `CNI_COMMAND=VERSION ${bin} </dev/null` }],
        durationMs: 0,
      },
    ],
    ...{ planned: 1, durationMs: 0 },
  };
}
