import { iptablesChain } from './chain-names.ts';
import type { IptablesChain } from './iptables-rules.ts';
import { comment, fromPods, host, toPort } from './iptables-words.ts';
import type { Family, ProxyNode } from './proxy-node.ts';
import {
  admitsNode,
  externalEndpoints,
  type ProxyEndpoint,
  type ServicePort,
} from './service-port.ts';

export const policyChain = (port: ServicePort, isLocal: boolean): string =>
  iptablesChain.service(isLocal ? 'KUBE-SVL' : 'KUBE-SVC', port);

/** The chains of one port of a Service in table nat. */
export function serviceChains(port: ServicePort, node: ProxyNode, family: Family): IptablesChain[] {
  if (port.reached.length === 0) return [];
  return [
    ...(['cluster', 'local'] as const)
      .filter((policy) => port[policy].length > 0)
      .map((policy) => choiceChain(port, policy, node, family)),
    ...(port.isExternal ? [externalChain(port, node, family)] : []),
    ...(hasFirewall(port) ? [firewallChain(port, node.address[family])] : []),
    ...port.reached.map((endpoint) => endpointChain(port, endpoint)),
  ];
}

export const hasFirewall = ({ loadBalancerIps, sourceRanges, reached }: ServicePort): boolean =>
  reached.length > 0 && loadBalancerIps.length > 0 && sourceRanges.length > 0;

/** Chooses one of the endpoints of a policy: the one of before where there is affinity, else any. */
function choiceChain(
  port: ServicePort,
  policy: 'cluster' | 'local',
  node: ProxyNode,
  family: Family,
): IptablesChain {
  const { name, protocol, clusterIp, service } = port;
  const endpoints = port[policy];
  const isInternal = port.internalLocal === (policy === 'local');
  const foreign = isInternal && fromPods(node, family, { not: true, to: clusterIp });
  const masquerade = `-p ${protocol} ${comment(`${name} cluster IP`)} ${toPort(port, port.port)} -j KUBE-MARK-MASQ`;
  const to = (endpoint: ProxyEndpoint, match: string) =>
    `${comment(`${name} -> ${endpoint.text}`)} ${match}-j ${iptablesChain.endpoint(port, endpoint)}`;
  const remembered = (endpoint: ProxyEndpoint) =>
    to(
      endpoint,
      `-m recent --rcheck --seconds ${service.affinitySeconds} --reap ${list(port, endpoint)} `,
    );
  return {
    name: policyChain(port, policy === 'local'),
    rules: [
      ...(foreign ? [`${foreign} ${masquerade}`] : []),
      ...(service.affinitySeconds === undefined ? [] : endpoints.map(remembered)),
      ...endpoints.map((endpoint, at) => to(endpoint, oneOf(endpoints.length - at))),
    ],
  };
}

/** One of `count`; kube-proxy writes ten digits, of which the kernel keeps 31 bits. */
function oneOf(count: number): string {
  if (count === 1) return '';
  const kept = Math.round(Number((1 / count).toFixed(10)) * 2 ** 31) / 2 ** 31;
  return `-m statistic --mode random --probability ${kept.toFixed(11)} `;
}

/** What arrives for a node port, an external address or a load balancer's. */
function externalChain(port: ServicePort, node: ProxyNode, family: Family): IptablesChain {
  const { name, externalLocal } = port;
  const cluster = policyChain(port, false);
  const pods = fromPods(node, family);
  const about = (what: string) => comment(`${what} for ${name} external destinations`);
  const fromHere = '-m addrtype --src-type LOCAL';
  return {
    name: iptablesChain.service('KUBE-EXT', port),
    rules: [
      ...(externalLocal
        ? [
            ...(pods ? [`${pods} ${about('pod traffic')} -j ${cluster}`] : []),
            `${about('masquerade LOCAL traffic')} ${fromHere} -j KUBE-MARK-MASQ`,
            `${about('route LOCAL traffic')} ${fromHere} -j ${cluster}`,
          ]
        : [`${about('masquerade traffic')} -j KUBE-MARK-MASQ`]),
      ...(externalEndpoints(port).length === 0 ? [] : [`-j ${policyChain(port, externalLocal)}`]),
    ],
  };
}

/** Lets through whom the source ranges name; table filter drops the rest. */
function firewallChain(port: ServicePort, nodeIp: string | undefined): IptablesChain {
  const { name, sourceRanges, loadBalancerIps } = port;
  const sources = [...sourceRanges, ...(admitsNode(port, nodeIp) ? loadBalancerIps.map(host) : [])];
  const jump = `${comment(`${name} loadbalancer IP`)} -j ${iptablesChain.service('KUBE-EXT', port)}`;
  return {
    name: iptablesChain.service('KUBE-FW', port),
    rules: [
      ...sources.map((source) => `-s ${source} ${jump}`),
      comment(`other traffic to ${name} will be dropped by KUBE-PROXY-FIREWALL`),
    ],
  };
}

function endpointChain(port: ServicePort, endpoint: ProxyEndpoint): IptablesChain {
  const { name, protocol, service } = port;
  const remember =
    service.affinitySeconds === undefined ? '' : `-m recent --set ${list(port, endpoint)} `;
  return {
    name: iptablesChain.endpoint(port, endpoint),
    rules: [
      `-s ${host(endpoint.ip)} ${comment(name)} -j KUBE-MARK-MASQ`,
      `-p ${protocol} ${comment(name)} ${remember}-m ${protocol} -j DNAT --to-destination ${endpoint.text}`,
    ],
  };
}

/** The list of clients that an endpoint keeps. */
function list(port: ServicePort, endpoint: ProxyEndpoint): string {
  const mask = endpoint.ip.includes(':') ? Array(8).fill('ffff').join(':') : '255.255.255.255';
  return `--name ${iptablesChain.endpoint(port, endpoint)} --mask ${mask} --rsource`;
}
