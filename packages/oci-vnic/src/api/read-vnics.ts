import type { Assignment, CallOptions, Family, Vnic } from '../model.ts';
import type { OciClient } from './client.ts';
import { OciError } from './oci-error.ts';
import { canonicalInet6, fromIpv6s, fromPrivateIps, ownIpv6 } from './to-assignment.ts';
import { toVnic } from './to-vnic.ts';
import type { WireVnicAttachment } from './wire.ts';

/** Whose VNICs are read. */
export interface Scope {
  instanceId: string;
  /** The instance's. */
  compartmentId: string;
  families: readonly Family[];
}

export async function readAttachments(
  client: OciClient,
  { compartmentId, instanceId }: Scope,
  options: CallOptions,
): Promise<WireVnicAttachment[]> {
  const found = await client.listVnicAttachments({ compartmentId, instanceId }, options);
  return found.filter(({ lifecycleState }) => lifecycleState !== 'DETACHED');
}

/** Attachments that are not over, with their VNICs, primary first. */
export async function readVnics(
  client: OciClient,
  scope: Scope,
  options: CallOptions,
): Promise<Vnic[]> {
  const attachments = await readAttachments(client, scope, options);
  const seen = await Promise.all(attachments.map((one) => readVnic(client, scope, one, options)));
  const vnics = seen.filter((vnic) => vnic !== undefined);
  return vnics.toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
}

/** Undefined if it has gone between the two calls. */
async function readVnic(
  client: OciClient,
  scope: Scope,
  attachment: WireVnicAttachment,
  options: CallOptions,
): Promise<Vnic | undefined> {
  const { vnicId, lifecycleState } = attachment;
  if (vnicId === undefined) return toVnic(attachment, undefined, undefined);
  try {
    const vnic = await client.getVnic(vnicId, options);
    const known = scope.families.includes('inet6') && (vnic.ipv6Addresses ?? []).length > 0;
    const own = known ? ownIpv6(await client.ipv6s.list({ vnicId }, options)) : undefined;
    return toVnic(attachment, vnic, own && canonicalInet6(own.ipAddress));
  } catch (error) {
    if (!OciError.is(error) || error.status !== 404) throw error;
    // 404 is for what does not exist and for what one may not see: only the attachment tells which.
    if (lifecycleState !== 'ATTACHED') return toVnic(attachment, undefined, undefined);
    const again = await readAttachments(client, scope, options);
    const now = again.find(({ id }) => id === attachment.id);
    if (now === undefined) return undefined;
    if (now.lifecycleState === 'ATTACHED') throw error;
    return toVnic(now, undefined, undefined);
  }
}

export async function readAssignments(
  client: OciClient,
  { families }: Scope,
  vnicId: string,
  options: CallOptions,
): Promise<Assignment[]> {
  const [inet, inet6] = await Promise.all([
    families.includes('inet') ? client.privateIps.list({ vnicId }, options) : [],
    families.includes('inet6') ? client.ipv6s.list({ vnicId }, options) : [],
  ]);
  return [...fromPrivateIps(inet, vnicId), ...fromIpv6s(inet6, vnicId)];
}
