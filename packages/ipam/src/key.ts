import type { AttachmentKey } from './model.ts';

/** The key as one string: equal exactly when all three parts are. */
export function keyId(key: AttachmentKey): string {
  return JSON.stringify([key.network, key.containerId, key.ifname]);
}

/** The key for messages: `network/containerId/ifname`. */
export function formatKey(key: AttachmentKey): string {
  return `${key.network}/${key.containerId}/${key.ifname}`;
}
