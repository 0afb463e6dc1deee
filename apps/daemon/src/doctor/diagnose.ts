import { checks } from './checks.ts';
import type { HostFacts } from './facts.ts';
import type { Hazard } from './hazard.ts';

const rank = { error: 0, warning: 1, info: 2 };

/** Every hazard of a host, the worst first. Pure. */
export function diagnose(facts: HostFacts): Hazard[] {
  return checks
    .flatMap(({ id, find }) => find(facts).map((finding) => ({ id, ...finding })))
    .sort((a, b) => rank[a.severity] - rank[b.severity]);
}
