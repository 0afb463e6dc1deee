import { type Clock, systemClock } from '../http/clock.ts';
import type { Family, VnicApi } from '../model.ts';
import { assign, assignMany } from './assign.ts';
import { attachVnic, detachVnic } from './attach-vnic.ts';
import type { OciClient } from './client.ts';
import { OciError } from './oci-error.ts';
import { readAssignments, readVnics } from './read-vnics.ts';
import { release } from './release.ts';
import { toSubnet } from './to-subnet.ts';

export interface VnicApiOptions {
  /** The instance whose VNICs are meant. */
  instanceId: string;
  /** The instance's compartment; attachments are listed by it. */
  compartmentId: string;
  /** Families whose addresses are listed; each costs a call a VNIC, and its permission. Default both. */
  families?: readonly Family[];
  /** Ask for `freeAddresses` of subnets: one more call, and its permission. Default false. */
  subnetUsage?: boolean;
  /** Between two looks at the work request of a bulk call, in milliseconds. Default 1,000. */
  pollMs?: number;
  /** How long such a work request may take, in milliseconds. Default 120,000. */
  workMs?: number;
}

export interface VnicApiDeps {
  client: OciClient;
  /** Default: this machine's. */
  clock?: Clock;
}

/** The calls that planner and executor need, over the client. */
export function createVnicApi(options: VnicApiOptions) {
  const { instanceId, compartmentId, families = ['inet', 'inet6'], subnetUsage = false } = options;
  const scope = { instanceId, compartmentId, families };
  const wait = { pollMs: options.pollMs ?? 1000, deadlineMs: options.workMs ?? 120_000 };

  return ({ client, clock = systemClock }: VnicApiDeps): VnicApi => ({
    listVnics: (control = {}) => readVnics(client, scope, control),
    listAssignments: (vnicId, control = {}) => readAssignments(client, scope, vnicId, control),
    async getSubnet(id, control = {}) {
      const [subnet, usage] = await Promise.all([
        client.getSubnet(id, control),
        subnetUsage ? client.getSubnetCidrUtilization(id, control).catch(unlessOci) : undefined,
      ]);
      return toSubnet(subnet, usage);
    },
    attachVnic: (ask, control) => attachVnic(client, scope, ask, control),
    detachVnic: (attachmentId, control = {}) => detachVnic(client, scope, attachmentId, control),
    async updateVnic(vnicId, { nsgIds, ...others }, control = {}) {
      const change = nsgIds === undefined ? others : { ...others, nsgIds: [...nsgIds] };
      await client.updateVnic(vnicId, change, control);
    },
    assign: (ask, control) => assign(client, ask, control),
    assignMany: (ask, control) => assignMany({ client, clock }, wait, ask, control),
    release: (assignment, control = {}) => release(client, scope, assignment, control),
  });
}

/** How full a subnet is is good to know, and nothing fails for want of it. */
function unlessOci(error: unknown): undefined {
  if (!OciError.is(error)) throw error;
}
