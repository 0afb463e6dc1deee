import type { SimClock } from '../clock.ts';
import { createIdentity, type Identity } from '../identity/identity.ts';
import { createLiveClock } from '../live-clock.ts';
import { createRandom } from '../random.ts';
import { type Books, type BooksFilter, readBooks } from './books.ts';
import { type CallLog, createCallLog } from './call-log.ts';
import {
  createSecurity,
  createSubnet,
  createVcn,
  type InstanceAsk,
  launchInstance,
  type SecurityAsk,
  type SubnetAsk,
  setRules,
  terminateInstance,
  type VcnAsk,
} from './estate.ts';
import type { Change, CloudFeed, InstanceFacts, SubnetFacts, VcnFacts } from './facts.ts';
import { createFaults, type Faults } from './faults.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { createMetadataView, type MetadataView } from './metadata-view.ts';
import { updateSubnet } from './pick-address.ts';
import { type ProfileName, profiles } from './profile.ts';
import type { SecurityRule, SecurityRules } from './security-rule.ts';
import { cloudFacts } from './to-facts.ts';
import { finishDetach } from './vnics.ts';
import { find, type World } from './world.ts';

export interface CloudOptions {
  /** Default `fast`. */
  profile?: ProfileName;
  /** Default the time of the day. */
  clock?: SimClock;
  /** What is left to chance repeats with it; default `vcn-sim`. */
  seed?: string;
  limits?: Partial<Limits>;
}

/** A simulated OCI: its books, and everything that happens to them. */
export interface Cloud extends CloudFeed {
  readonly clock: SimClock;
  readonly region: string;
  readonly tenancyId: string;
  readonly identity: Identity;
  readonly faults: Faults;
  readonly calls: CallLog;
  readonly metadata: MetadataView;
  createVcn(ask: VcnAsk): VcnFacts;
  createSubnet(ask: SubnetAsk): SubnetFacts;
  createNsg(ask: SecurityAsk): SecurityRules;
  createSecurityList(ask: SecurityAsk): SecurityRules;
  /** Replaces the rules of a group or a list. */
  setRules(id: string, rules: SecurityRule[]): void;
  launchInstance(ask: InstanceAsk): InstanceFacts;
  terminateInstance(id: string): void;
  /** What is held for whom: the leak check. */
  books(filter?: BooksFilter): Books;
  /** Takes a VNIC away at once, behind its owner's back. */
  loseVnic(attachmentId: string): void;
  /** Puts a subnet into UPDATING for `ms` milliseconds. */
  updateSubnet(id: string, ms: number): void;
  /** The next attachment stays ATTACHING for `ms` milliseconds and ends so. */
  stickNextAttachment(ms: number, ends: 'attached' | 'detached'): void;
  setProfile(name: ProfileName): void;
  /** The books themselves. */
  readonly world: World;
}

export function createCloud(options: CloudOptions = {}): Cloud {
  const listeners = new Set<(change: Change) => void>();
  const clock = options.clock ?? createLiveClock();
  const region = 'sim-local-1';
  const world: World = {
    clock,
    random: createRandom(options.seed ?? 'vcn-sim'),
    region,
    availabilityDomain: 'Sim:SIM-LOCAL-1-AD-1',
    tenancyId: 'ocid1.tenancy.oc1..aaaasimulatedtenancy',
    limits: { ...defaultLimits, ...options.limits },
    profile: profiles[options.profile ?? 'fast'],
    vcns: new Map(),
    subnets: new Map(),
    security: new Map(),
    instances: new Map(),
    attachments: new Map(),
    vnics: new Map(),
    ips: new Map(),
    workRequests: new Map(),
    stuck: [],
    emit: (change) => {
      for (const listener of listeners) listener(change);
    },
  };
  const subscribe = (listener: (change: Change) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  return {
    clock,
    region,
    tenancyId: world.tenancyId,
    identity: createIdentity(world.tenancyId),
    faults: createFaults(world),
    calls: createCallLog(),
    metadata: createMetadataView(world, subscribe),
    world,
    facts: () => cloudFacts(world),
    subscribe,
    createVcn: (ask) => createVcn(world, ask),
    createSubnet: (ask) => createSubnet(world, ask),
    createNsg: (ask) => createSecurity(world, 'nsg', ask),
    createSecurityList: (ask) => createSecurity(world, 'security-list', ask),
    setRules: (id, rules) => setRules(world, id, rules),
    launchInstance: (ask) => launchInstance(world, ask),
    terminateInstance: (id) => terminateInstance(world, id),
    books: (filter) => readBooks(world, filter),
    loseVnic: (id) => finishDetach(world, find(world.attachments, id, 'vnic attachment')),
    updateSubnet: (id, ms) => updateSubnet(world, find(world.subnets, id, 'subnet'), ms),
    stickNextAttachment: (ms, ends) => void world.stuck.push({ ms, ends }),
    setProfile: (name) => {
      world.profile = profiles[name];
    },
  };
}
