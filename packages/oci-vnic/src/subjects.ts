import type { Change } from './plan-model.ts';

/** Everything that any call concerns. */
export const anyCall = 'api';

/** A read without which the rest goes on: what it would say is taken to be as usual. */
export type OptionalRead = 'GetSubnet';

/** The call of an operation, as OCI names it. */
export function callOf(change: Change | OptionalRead): string {
  if (change === 'GetSubnet') return change;
  const { op } = change;
  if (op === 'attach') return 'AttachVnic';
  if (op === 'detach') return 'DetachVnic';
  if (op === 'update-vnic') return 'UpdateVnic';
  const what = change.family === 'inet' ? 'PrivateIp' : 'Ipv6';
  if (op === 'release') return `Delete${what}`;
  return op === 'assign' ? `Create${what}` : `BulkCreate${what}s`;
}

/** By which of the three ways a change assigns, on which VNIC: what a limit is said of. */
export function placeOf(change: Change | OptionalRead): string {
  if (change === 'GetSubnet') return change;
  switch (change.op) {
    case 'attach':
      return `AttachVnic ${change.subnetId}`;
    case 'detach':
    case 'update-vnic':
    case 'release':
      return `${callOf(change)} ${targetOf(change)}`;
    case 'assign-many':
      return `bulk ${change.family} ${change.vnicId}`;
    case 'assign':
      return `${change.cidrPrefixLength === undefined ? 'single' : 'block'} ${change.family} ${change.vnicId}`;
  }
}

/** What a change is done to: the OCID of a subnet (attach), of an address (release), or of a VNIC. */
export function targetOf(change: Change): string {
  if (change.op === 'attach') return change.subnetId;
  return change.op === 'release' ? change.assignmentId : change.vnicId;
}

/** What a hold may name to keep a change back. */
export function subjectsOf(change: Change | OptionalRead): string[] {
  return [anyCall, callOf(change), placeOf(change)];
}
