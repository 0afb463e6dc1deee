import {
  affinityName,
  externalName,
  firewallName,
  hasFirewall,
  policyChain,
} from './nftables-chains.ts';
import type { ProxySet } from './nftables-rules.ts';
import type { Family, ProxyNode } from './proxy-node.ts';
import { externalEndpoints, internalEndpoints, type ServicePort } from './service-port.ts';

/** What chains look addresses and ports up in. */
export function serviceSets(
  ports: readonly ServicePort[],
  node: ProxyNode,
  family: Family,
): ProxySet[] {
  const address = family === 'inet' ? 'ipv4_addr' : 'ipv6_addr';
  const portKey = 'inet_proto . inet_service';
  const verdicts = (name: string, comment: string, type: string, elements: string[]) =>
    ({ kind: 'map', name, type: `${type} : verdict`, comment, elements }) as const;
  const list = (name: string, comment: string, elements: string[]) =>
    ({ kind: 'set', name, type: address, comment, elements }) as const;
  const ip = node.address[family];
  return [
    list('cluster-ips', 'Active ClusterIPs', [...new Set(ports.map((port) => port.clusterIp))]),
    list(
      'nodeport-ips',
      'IPs that accept NodePort traffic',
      ip === undefined || node.nodePortAddresses === 'all' ? [] : [ip],
    ),
    verdicts(
      'no-endpoint-services',
      'vmap to drop or reject packets to services with no endpoints',
      `${address} . ${portKey}`,
      ports.flatMap((port) => refusedIps(port).map((at) => entry([at, ...key(port)], port))),
    ),
    verdicts(
      'no-endpoint-nodeports',
      'vmap to drop or reject packets to service nodeports with no endpoints',
      portKey,
      ports.flatMap((port) =>
        port.nodePort === undefined || externalEndpoints(port).length > 0
          ? []
          : [entry([port.protocol, `${port.nodePort}`], port)],
      ),
    ),
    verdicts(
      'firewall-ips',
      'destinations that are subject to LoadBalancerSourceRanges',
      `${address} . ${portKey}`,
      ports
        .filter(hasFirewall)
        .flatMap((port) =>
          port.loadBalancerIps.map((at) =>
            [at, ...key(port)].join(' . ').concat(` : goto ${firewallName(port)}`),
          ),
        ),
    ),
    verdicts(
      'service-ips',
      'ClusterIP, ExternalIP and LoadBalancer IP traffic',
      `${address} . ${portKey}`,
      ports.flatMap(serviceIps),
    ),
    verdicts(
      'service-nodeports',
      'NodePort traffic',
      portKey,
      ports.flatMap((port) =>
        port.nodePort === undefined || port.reached.length === 0
          ? []
          : [`${port.protocol} . ${port.nodePort} : goto ${externalName(port)}`],
      ),
    ),
    ...ports.flatMap((port) => affinitySets(port, address)),
  ];
}

const key = ({ protocol, port }: ServicePort): string[] => [protocol, `${port}`];

/** A Service without an endpoint at all is refused; one that has some, elsewhere, is silent. */
function entry(parts: string[], { name, reached }: ServicePort): string {
  const verdict = reached.length === 0 ? 'goto reject-chain' : 'drop';
  return `${parts.join(' . ')} comment "${name}" : ${verdict}`;
}

function refusedIps(port: ServicePort): string[] {
  const inside = internalEndpoints(port).length > 0 ? [] : [port.clusterIp];
  if (externalEndpoints(port).length > 0) return inside;
  return [...inside, ...port.externalIps, ...port.loadBalancerIps];
}

function serviceIps(port: ServicePort): string[] {
  const to = (at: string, chain: string) => `${[at, ...key(port)].join(' . ')} : goto ${chain}`;
  const inside = internalEndpoints(port).length > 0 ? [port.clusterIp] : [];
  const outside = port.reached.length > 0 ? [...port.externalIps, ...port.loadBalancerIps] : [];
  return [
    ...inside.map((at) => to(at, policyChain(port, port.internalLocal))),
    ...outside.map((at) => to(at, externalName(port))),
  ];
}

/** Who is remembered for which endpoint. */
function affinitySets(port: ServicePort, type: string): ProxySet[] {
  const { affinitySeconds: timeoutSeconds } = port.service;
  if (timeoutSeconds === undefined) return [];
  return port.reached.map((endpoint) => ({
    kind: 'set',
    name: affinityName(port, endpoint),
    type,
    timeoutSeconds,
    elements: [],
  }));
}
