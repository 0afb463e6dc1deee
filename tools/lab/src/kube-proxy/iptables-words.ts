import type { Family, ProxyNode } from './proxy-node.ts';
import type { ServicePort } from './service-port.ts';

/** `iptables-save` quotes what is more than a word; no comment of kube-proxy's is one. */
export const comment = (text: string): string => `-m comment --comment "${text}"`;

export const host = (ip: string): string => `${ip}/${ip.includes(':') ? 128 : 32}`;

export const toPort = ({ protocol }: ServicePort, port: number): string =>
  `-m ${protocol} --dport ${port}`;

/**
 * Matches what comes from pods of this node as it was told to know them, or what does not; and, since iptables-save
 * puts it in between, a destination. Undefined where it was not told of any in the family.
 */
export function fromPods(
  { local }: ProxyNode,
  family: Family,
  { not = false, to }: { not?: boolean; to?: string } = {},
): string | undefined {
  const negation = not ? '! ' : '';
  const destination = to === undefined ? [] : [`-d ${host(to)}`];
  if ('interfacePrefix' in local) {
    return [...destination, `${negation}-i ${local.interfacePrefix}+`].join(' ');
  }
  const cidr = local.clusterCidr[family];
  return cidr && [`${negation}-s ${cidr}`, ...destination].join(' ');
}
