import type { SimClock } from '../clock.ts';
import type { Random } from '../random.ts';
import { notFound } from './api-error.ts';
import type { Change } from './facts.ts';
import type { Limits } from './limits.ts';
import type { Profile, Span } from './profile.ts';
import type {
  AttachmentRecord,
  InstanceRecord,
  IpRecord,
  Resource,
  SecurityRecord,
  SubnetRecord,
  VcnRecord,
  VnicRecord,
} from './records.ts';
import type { WorkRequestRecord } from './work-request.ts';

/** The books, and what every operation on them needs. */
export interface World {
  readonly clock: SimClock;
  readonly random: Random;
  readonly region: string;
  readonly availabilityDomain: string;
  readonly tenancyId: string;
  readonly limits: Limits;
  profile: Profile;
  vcns: Map<string, VcnRecord>;
  subnets: Map<string, SubnetRecord>;
  security: Map<string, SecurityRecord>;
  instances: Map<string, InstanceRecord>;
  attachments: Map<string, AttachmentRecord>;
  vnics: Map<string, VnicRecord>;
  ips: Map<string, IpRecord>;
  workRequests: Map<string, WorkRequestRecord>;
  /** The next attachments stay ATTACHING this long and then end so. */
  stuck: { ms: number; ends: 'attached' | 'detached' }[];
  emit(change: Change): void;
}

/** What a caller may say about any resource. */
export interface Labels {
  compartmentId?: string | undefined;
  displayName?: string | undefined;
  freeformTags?: Record<string, string> | undefined;
  definedTags?: Record<string, Record<string, unknown>> | undefined;
}

/** The common part of a new resource. Its OCID repeats with the seed. */
export function newResource(world: World, kind: string, labels: Labels): Resource {
  const timeCreated = world.clock.now();
  return {
    id: newId(world, kind),
    compartmentId: labels.compartmentId ?? world.tenancyId,
    displayName:
      labels.displayName ??
      `${kind}${new Date(timeCreated).toISOString().replaceAll(/\D/g, '').slice(0, 14)}`,
    freeformTags: labels.freeformTags ?? {},
    definedTags: labels.definedTags ?? {},
    timeCreated,
    revision: 1,
  };
}

export function newId(world: World, kind: string): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  const unique = Array.from({ length: 54 }, () => letters[world.random.between(0, 31)]);
  return `ocid1.${kind}.oc1.${world.region}.anvxs${unique.join('')}`;
}

/** A duration of the profile. */
export const draw = (world: World, span: Span): number => world.random.between(span[0], span[1]);

/** The resource of this id, or the answer that the service gives where there is none. */
export function find<T>(resources: Map<string, T>, id: string, what: string): T {
  const found = resources.get(id);
  if (!found) throw notFound(`${what} ${id}`);
  return found;
}

/** Changes the labels that a caller names, and counts the revision. */
export function relabel(resource: Resource, labels: Labels): void {
  if (labels.displayName !== undefined) resource.displayName = labels.displayName;
  if (labels.freeformTags !== undefined) resource.freeformTags = labels.freeformTags;
  if (labels.definedTags !== undefined) resource.definedTags = labels.definedTags;
  resource.revision += 1;
}
