import type { Vnic } from '../model.ts';
import { withoutCallTag } from './call-tag.ts';
import type { WireVnic, WireVnicAttachment } from './wire.ts';

/** An attachment, and its VNIC once there is one, seen as one. `inet6` is the VNIC's own IPv6 address. */
export function toVnic(
  attachment: WireVnicAttachment,
  vnic: WireVnic | undefined,
  inet6: string | undefined,
): Vnic {
  const seen: Vnic = {
    attachmentId: attachment.id,
    displayName: attachment.displayName ?? vnic?.displayName ?? '',
    subnetId: vnic?.subnetId ?? attachment.subnetId ?? '',
    isPrimary: vnic?.isPrimary ?? false,
    lifecycle: lifecycleOf(attachment, vnic),
    addresses: {},
    nsgIds: vnic?.nsgIds ?? [],
    skipSourceDestCheck: vnic?.skipSourceDestCheck ?? false,
    tags: withoutCallTag(vnic?.freeformTags),
  };
  if (attachment.nicIndex !== undefined) seen.nicIndex = attachment.nicIndex;
  if (attachment.vlanTag !== undefined) seen.vlanTag = attachment.vlanTag;
  if (vnic?.macAddress === undefined) return seen;
  seen.id = vnic.id;
  seen.mac = vnic.macAddress.toLowerCase();
  if (vnic.privateIp !== undefined) seen.addresses.inet = vnic.privateIp;
  if (inet6 !== undefined) seen.addresses.inet6 = inet6;
  return seen;
}

function lifecycleOf(
  attachment: WireVnicAttachment,
  vnic: WireVnic | undefined,
): Vnic['lifecycle'] {
  if (attachment.lifecycleState === 'DETACHED') return 'detached';
  if (attachment.lifecycleState === 'DETACHING') return 'detaching';
  if (vnic?.lifecycleState === 'TERMINATING' || vnic?.lifecycleState === 'TERMINATED') {
    return 'detaching';
  }
  const ready = attachment.lifecycleState === 'ATTACHED' && vnic?.lifecycleState === 'AVAILABLE';
  return ready ? 'attached' : 'attaching';
}
