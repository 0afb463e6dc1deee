import type { Chain } from '@vcn-cni/nftables';
import { nftablesName } from './chain-names.ts';
import type { Family, ProxyNode } from './proxy-node.ts';
import {
  admitsNode,
  externalEndpoints,
  type ProxyEndpoint,
  type ServicePort,
} from './service-port.ts';

export const policyChain = (port: ServicePort, isLocal: boolean): string =>
  `${isLocal ? 'local' : 'service'}-${nftablesName.service(port)}`;
export const externalName = (port: ServicePort): string => `external-${nftablesName.service(port)}`;
export const firewallName = (port: ServicePort): string => `firewall-${nftablesName.service(port)}`;
export const affinityName = (port: ServicePort, endpoint: ProxyEndpoint): string =>
  `affinity-${nftablesName.endpoint(port, endpoint)}`;
const endpointName = (port: ServicePort, endpoint: ProxyEndpoint): string =>
  `endpoint-${nftablesName.endpoint(port, endpoint)}`;

export const hasFirewall = ({ loadBalancerIps, sourceRanges }: ServicePort): boolean =>
  loadBalancerIps.length > 0 && sourceRanges.length > 0;

/** The chains of one port of a Service. */
export function serviceChains(port: ServicePort, node: ProxyNode, family: Family): Chain[] {
  const ip = family === 'inet' ? 'ip' : 'ip6';
  const { reached } = port;
  return [
    ...reached.map((endpoint) => endpointChain(port, endpoint, ip)),
    ...(['cluster', 'local'] as const)
      .filter((policy) => port[policy].length > 0)
      .map((policy) => choiceChain(port, policy, podMatch(node, family, ip, true), ip)),
    ...(port.isExternal && reached.length > 0
      ? [externalChain(port, podMatch(node, family, ip, false))]
      : []),
    ...(hasFirewall(port) ? [firewallChain(port, node.address[family], ip)] : []),
  ];
}

/** Matches what comes from pods of this node, or what does not. */
function podMatch({ local }: ProxyNode, family: Family, ip: string, not: boolean) {
  const operator = not ? '!= ' : '';
  if ('interfacePrefix' in local) return `iifname ${operator}"${local.interfacePrefix}*"`;
  const cidr = local.clusterCidr[family];
  return cidr && `${ip} saddr ${operator}${cidr}`;
}

function endpointChain(port: ServicePort, endpoint: ProxyEndpoint, ip: string): Chain {
  const remember = port.service.affinitySeconds !== undefined;
  const rules = [
    `${ip} saddr ${endpoint.ip} jump mark-for-masquerade`,
    ...(remember ? [`update @${affinityName(port, endpoint)} { ${ip} saddr }`] : []),
    `meta l4proto ${port.protocol} dnat to ${endpoint.text}`,
  ];
  return { name: endpointName(port, endpoint), rules: rules.map((text) => ({ text })) };
}

/** Chooses one of the endpoints of a policy: the one of before where there is affinity, else any. */
function choiceChain(
  port: ServicePort,
  policy: 'cluster' | 'local',
  foreign: string | undefined,
  ip: string,
): Chain {
  const { protocol, clusterIp, internalLocal, service } = port;
  const endpoints = port[policy];
  const isInternal = internalLocal === (policy === 'local');
  const to = (endpoint: ProxyEndpoint) => `goto ${endpointName(port, endpoint)}`;
  const verdicts = endpoints.map((endpoint, at) => `${at} : ${to(endpoint)}`);
  const rules = [
    ...(isInternal && foreign
      ? [
          `${ip} daddr ${clusterIp} ${protocol} dport ${port.port} ${foreign} jump mark-for-masquerade`,
        ]
      : []),
    ...(service.affinitySeconds === undefined
      ? []
      : endpoints.map(
          (endpoint) => `${ip} saddr @${affinityName(port, endpoint)} ${to(endpoint)}`,
        )),
    `numgen random mod ${endpoints.length} vmap { ${verdicts.join(', ')} }`,
  ];
  return { name: policyChain(port, policy === 'local'), rules: rules.map((text) => ({ text })) };
}

/** What arrives for a node port, an external address or a load balancer's. */
function externalChain(port: ServicePort, pods: string | undefined): Chain {
  const cluster = policyChain(port, false);
  const fromHere = 'fib saddr type local';
  return {
    name: externalName(port),
    rules: [
      ...(port.externalLocal
        ? [
            ...(pods
              ? [{ text: `${pods} goto ${cluster}`, comment: 'short-circuit pod traffic' }]
              : []),
            {
              text: `${fromHere} jump mark-for-masquerade`,
              comment: 'masquerade local traffic',
            },
            { text: `${fromHere} goto ${cluster}`, comment: 'short-circuit local traffic' },
          ]
        : [{ text: 'jump mark-for-masquerade' }]),
      ...(externalEndpoints(port).length === 0
        ? []
        : [{ text: `goto ${policyChain(port, port.externalLocal)}` }]),
    ],
  };
}

function firewallChain(port: ServicePort, nodeIp: string | undefined, ip: string): Chain {
  const admitted = admitsNode(port, nodeIp) ? port.loadBalancerIps : [];
  const sources = [...port.sourceRanges, ...admitted];
  const list = sources.length === 1 ? sources[0] : `{ ${sources.join(', ')} }`;
  return { name: firewallName(port), rules: [{ text: `${ip} saddr != ${list} drop` }] };
}
