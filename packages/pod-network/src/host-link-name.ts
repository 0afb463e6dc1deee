import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { PodAsk } from './pod-ask.ts';
import type { HostSettings } from './settings.ts';

/** IFNAMSIZ is 16 with the terminator: 4 characters of prefix leave 11 digits. */
const digits = 11;

/**
 * The name of the host end, known before the kernel is asked. For the primary interface of a Kubernetes
 * pod it is what Calico's Felix computes from `FELIX_INTERFACEPREFIX`, so that its policy finds the link;
 * for every other attachment the key decides.
 */
export function hostLinkName(
  ask: Pick<PodAsk, 'key' | 'pod'>,
  settings: Pick<HostSettings, 'interfacePrefix' | 'primaryInterface'>,
): string {
  const { key, pod } = ask;
  const seed =
    pod && key.ifname === settings.primaryInterface
      ? `${pod.namespace}.${pod.name}`
      : `${key.network}/${key.containerId}/${key.ifname}`;
  return settings.interfacePrefix + bytesToHex(sha1(utf8ToBytes(seed))).slice(0, digits);
}
