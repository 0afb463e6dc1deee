import type { AttachmentKey } from './model.ts';

/**
 * The key as text, `network/containerId/ifname`: for messages, and as identity, since neither a network name nor a
 * container id may hold a slash (SPEC, section "Network configuration format" and "Parameters").
 */
export function formatKey({ network, containerId, ifname }: AttachmentKey): string {
  return `${network}/${containerId}/${ifname}`;
}
