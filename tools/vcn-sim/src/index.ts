// For users.

export type { Clock, SimClock } from './clock.ts';

// For implementers: what a fabric follows.

export type {
  Change,
  CloudFacts,
  CloudFeed,
  InstanceFacts,
  SubnetFacts,
  VcnFacts,
  VnicFacts,
} from './cloud/facts.ts';
export type { SecurityRule, SecurityRules } from './cloud/security-rule.ts';
