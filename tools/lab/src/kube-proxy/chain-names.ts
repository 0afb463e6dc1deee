import { createHash } from 'node:crypto';
import type { ProxyEndpoint, ServicePort } from './service-port.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The first `length` characters, up to 16, of the SHA-256 of a text in base 32 (RFC 4648). */
function digest(text: string, length: number): string {
  const hash = createHash('sha256').update(text).digest();
  return Array.from({ length }, (_, at) => {
    const bit = at * 5;
    const pair = hash.readUInt16BE(bit >> 3);
    return alphabet[(pair >> (11 - (bit & 7))) & 31];
  }).join('');
}

export type ServiceChain = 'KUBE-SVC' | 'KUBE-SVL' | 'KUBE-EXT' | 'KUBE-FW';

/** Names of chains in iptables mode, where 28 characters is all there is. */
export const iptablesChain = {
  service: (kind: ServiceChain, { name, protocol }: ServicePort) =>
    `${kind}-${digest(`${name}${protocol}`, 16)}`,
  endpoint: ({ name, protocol }: ServicePort, { text }: ProxyEndpoint) =>
    `KUBE-SEP-${digest(`${name}${protocol}${text}`, 16)}`,
};

/** Names in nftables mode, without their first word (`service-`, `endpoint-`, ...): a hash, and what it is of. */
export const nftablesName = {
  service: ({ path }: ServicePort) => hashed(path),
  // A colon cannot stand in a name.
  endpoint: ({ path }: ServicePort, { ip, port }: ProxyEndpoint) =>
    hashed(`${path}__${ip.replaceAll(':', '.')}/${port}`),
};

const hashed = (name: string): string => `${digest(name, 8)}-${name}`;
