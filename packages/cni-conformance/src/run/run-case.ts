import { requirementOf } from '../case.ts';
import type { Evidence } from '../evidence.ts';
import { Finding } from '../judge/finding.ts';
import { Skip } from '../judge/skip.ts';
import { findRequirement } from '../requirements/all-requirements.ts';
import type { Level } from '../requirements/requirement.ts';
import { deviations } from './deviations.ts';
import type { CaseReport } from './report.ts';

/** A harness with what it has seen; disposing of it ends its sandbox. */
export type Opened<Harness> = AsyncDisposable & {
  readonly harness: Harness;
  readonly evidence: readonly Evidence[];
};

interface Runnable<Harness> {
  readonly id: string;
  readonly title: string;
  readonly level?: Level;
  readonly run: (on: Harness) => Promise<void>;
}

type Attempt = Pick<CaseReport, 'evidence' | 'finding' | 'reason'>;

/**
 * Tries a case, and once more from the beginning when it finds something: what is found only once is a flake. Never
 * rejects: a runner that cannot judge says so as a finding, `not-judged`.
 */
export async function runCase<Harness>(
  tried: Runnable<Harness>,
  open: () => Promise<Opened<Harness>>,
): Promise<CaseReport> {
  const began = performance.now();
  const first = await attempt(tried, open);
  const second = first.finding ? await attempt(tried, open) : undefined;
  const { section, level } = findRequirement(requirementOf(tried));
  const deviation = deviations.find(({ id, key }) => id === tried.id && key === first.finding?.key);
  const verdict = !first.finding
    ? first.reason === undefined
      ? 'pass'
      : 'skip'
    : !second?.finding
      ? 'flake'
      : deviation
        ? 'deviation'
        : 'fail';
  return {
    id: tried.id,
    level: tried.level ?? level,
    section,
    title: tried.title,
    verdict,
    ...first,
    ...(verdict === 'deviation' && deviation && { deviation }),
    durationMs: Math.round(performance.now() - began),
  };
}

async function attempt<Harness>(
  { run }: Runnable<Harness>,
  open: () => Promise<Opened<Harness>>,
): Promise<Attempt> {
  let evidence: readonly Evidence[] = [];
  try {
    await using opened = await open();
    evidence = opened.evidence;
    await run(opened.harness);
    return { evidence };
  } catch (error) {
    if (error instanceof Skip) return { evidence, reason: error.message };
    const { key, message } =
      error instanceof Finding
        ? error
        : { key: 'not-judged', message: `the runner could not judge: ${String(error)}` };
    return { evidence, finding: { key, message } };
  }
}
