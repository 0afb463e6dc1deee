import { type Conflist, parseResultDocument, type ResultDocument } from '@vcn-cni/cni-spec';
import type { Attachment } from '../attachment.ts';
import type { AttachmentKey, CachedAttachment } from '../cache/cached-attachment.ts';

export function keyOf(list: Pick<Conflist, 'name'>, attachment: Attachment): AttachmentKey {
  return { network: list.name, containerId: attachment.containerId, ifname: attachment.ifname };
}

/** The kept result, checked. Throws as `parseResultDocument`. */
export function cachedResult(
  entry: CachedAttachment | undefined,
  { cniVersion }: Conflist,
): ResultDocument | undefined {
  return entry?.result && parseResultDocument(entry.result, { configVersion: cniVersion });
}

/** CHECK and DEL have the parameters of ADD (SPEC section 2, CHECK), where the caller gives no others. */
export function withCachedParameters(
  attachment: Attachment,
  entry: CachedAttachment | undefined,
): Attachment {
  const { args = entry?.args, capabilities = entry?.capabilities } = attachment;
  return {
    ...attachment,
    ...(args ? { args } : {}),
    ...(capabilities ? { capabilities } : {}),
  };
}
