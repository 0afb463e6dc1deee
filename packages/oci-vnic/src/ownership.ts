import type { Assignment, Vnic } from './model.ts';

/** Freeform tag that says for which instance a VNIC or an address was made: its OCID. */
export const ownerTag = 'vcn-cni-instance';

/** Freeform tag that says by which call: its retry token. */
export const callTag = 'vcn-cni-call';

/** With what the name of an attachment of ours begins; the retry token of its call, which begins so too. */
export const tokenPrefix = 'vcn-cni-';

/** The tags of what is made for an instance by one call. */
export function tagsFor(instanceId: string, token: string): Record<string, string> {
  return { [ownerTag]: instanceId, [callTag]: token };
}

/**
 * Whether a VNIC was made by us for this instance, and may be changed. As long as it does not exist yet it has no tags,
 * and the name of its attachment says so; such an attachment is waited for, never changed.
 */
export function ownsVnic(vnic: Vnic, instanceId: string): boolean {
  if (vnic.isPrimary) return false;
  if (vnic.id === undefined) return vnic.displayName.startsWith(tokenPrefix);
  return vnic.tags[ownerTag] === instanceId;
}

/** Whether an address or block was made by us for this instance, and may be released. */
export function ownsAssignment(assignment: Assignment, instanceId: string): boolean {
  return assignment.tags[ownerTag] === instanceId;
}
