import type { AttachAsk, CallOptions, ChangeOptions, Vnic } from '../model.ts';
import { isOfCall, withCallTag } from './call-tag.ts';
import type { OciClient } from './client.ts';
import { OciError } from './oci-error.ts';
import { readAttachments, type Scope } from './read-vnics.ts';
import { settle } from './settle.ts';
import { toVnic } from './to-vnic.ts';
import type { WireVnicAttachment } from './wire.ts';

export async function attachVnic(
  client: OciClient,
  scope: Scope,
  ask: AttachAsk,
  options: ChangeOptions,
): Promise<Vnic> {
  const details = {
    instanceId: scope.instanceId,
    displayName: ask.displayName,
    createVnicDetails: {
      subnetId: ask.subnetId,
      nsgIds: [...ask.nsgIds],
      displayName: ask.displayName,
      freeformTags: withCallTag(ask.tags, options.retryToken),
      assignPublicIp: false,
      assignIpv6Ip: ask.assignIpv6,
      skipSourceDestCheck: ask.skipSourceDestCheck,
    },
    ...(ask.nicIndex === undefined ? {} : { nicIndex: ask.nicIndex }),
  };
  const attachment = await settle(
    () => client.attachVnic(details, options),
    () => findAttachment(client, scope, ask.displayName, options),
  );
  // The answer is the order, seldom its result: the VNIC appears in the next list.
  return { ...toVnic(attachment, undefined, undefined), subnetId: ask.subnetId };
}

/** The attachment that a call made: by the tag of its VNIC, or while there is none yet by its name. */
async function findAttachment(
  client: OciClient,
  scope: Scope,
  displayName: string,
  options: ChangeOptions,
): Promise<WireVnicAttachment | undefined> {
  const found = await readAttachments(client, scope, options);
  for (const attachment of found) {
    if (attachment.lifecycleState === 'DETACHING' || attachment.displayName !== displayName)
      continue;
    if (attachment.vnicId === undefined) return attachment;
    const vnic = await client.getVnic(attachment.vnicId, options);
    if (isOfCall(vnic.freeformTags, options.retryToken)) return attachment;
  }
  return undefined;
}

/** Done when the service has taken the order; done already if the attachment is on its way out, or gone. */
export async function detachVnic(
  client: OciClient,
  scope: Scope,
  attachmentId: string,
  options: CallOptions,
): Promise<void> {
  try {
    await client.detachVnic(attachmentId, options);
  } catch (error) {
    // Also after 409: a first try whose answer was lost leaves it DETACHING.
    if (!OciError.is(error) || !(error.inDoubt || [404, 409].includes(error.status))) throw error;
    const found = await readAttachments(client, scope, options).catch(() => undefined);
    const now = found?.find(({ id }) => id === attachmentId);
    if (found === undefined || (now && now.lifecycleState !== 'DETACHING')) throw error;
  }
}
