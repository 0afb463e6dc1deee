import type { HostFacts } from './facts.ts';
import type { Finding } from './hazard.ts';

/** One known hazard: pure over facts. Empty where the facts it needs are absent. */
export interface Check {
  /** Stable, kebab case. */
  id: string;
  find(facts: HostFacts): Finding[];
}
