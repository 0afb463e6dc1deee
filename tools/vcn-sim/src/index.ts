// For users.

export { type CloudServer, type CloudServerOptions, startCloudServer } from './api/server.ts';
export type { Clock, SimClock } from './clock.ts';
export type { BookedAddress, BookedSubnet, BookedVnic, Books, BooksFilter } from './cloud/books.ts';
export type { CallCounts, CallLog } from './cloud/call-log.ts';
export { type Cloud, type CloudOptions, createCloud } from './cloud/cloud.ts';
export type { InstanceAsk, SecurityAsk, SubnetAsk, VcnAsk } from './cloud/estate.ts';
export type { Effect, Fault, Faults } from './cloud/faults.ts';
export type { Limits } from './cloud/limits.ts';
export type { MetadataView } from './cloud/metadata-view.ts';
export { type Profile, type ProfileName, profiles, type Rate, type Span } from './cloud/profile.ts';
export type { Identity, User } from './identity/identity.ts';
export { createLiveClock } from './live-clock.ts';
export { createManualClock } from './manual-clock.ts';
export type { SubnetPlan } from './node/lay-out.ts';
export { startVcn, type Vcn, type VcnOptions } from './node/start-vcn.ts';
export type { VcnNode } from './node/vcn-node.ts';
export { passTime } from './pass-time.ts';

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
export { createFabric, type Fabric } from './fabric/fabric.ts';
