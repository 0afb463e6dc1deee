import {
  type CaseReport,
  type PluginCase,
  type Role,
  runAll,
  runCase,
} from '@vcn-cni/cni-conformance';
import type { Installed } from '../install.ts';
import { openReference, type ReferenceOptions } from '../open-reference.ts';

/** Tries cases against a reference plugin, `width` of them at once. */
export async function tryReference(
  installed: Installed,
  role: Role,
  cases: readonly PluginCase[],
  { width = 1, ...options }: ReferenceOptions & { readonly width?: number } = {},
): Promise<CaseReport[]> {
  await using run = await openReference(installed, role, options);
  const reports: CaseReport[] = [];
  for await (const report of runAll(cases, width, (each) => runCase(each, run.open))) {
    reports.push(report);
  }
  return reports;
}

/** A case has seen it: also where the whole field is broken so. */
export const isCaught = ({ verdict, finding }: CaseReport): boolean =>
  (verdict === 'fail' || verdict === 'deviation') && finding?.key !== 'not-judged';
