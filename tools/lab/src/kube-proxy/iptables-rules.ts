import { iptablesChain } from './chain-names.ts';
import { policyChain, serviceChains } from './iptables-chains.ts';
import { filterTable } from './iptables-filter.ts';
import { comment, host, toPort } from './iptables-words.ts';
import type { KubeService } from './kube-service.ts';
import type { Family, ProxyNode } from './proxy-node.ts';
import { internalEndpoints, type ServicePort, servicePorts } from './service-port.ts';

export interface IptablesTable {
  name: 'mangle' | 'filter' | 'nat';
  /** Rules of built-in chains; kube-proxy keeps them apart from the rest. */
  jumps: { from: string; rule: string }[];
  chains: IptablesChain[];
}

export interface IptablesChain {
  name: string;
  /** What stands after `-A CHAIN`. */
  rules: string[];
}

/**
 * What kube-proxy 1.33 writes on a node in iptables mode for one family, each rule in the spelling of iptables-save.
 * The same Services give the same rules in the same order; kube-proxy's own order of Services is random.
 */
export function iptablesRules(
  services: readonly KubeService[],
  node: ProxyNode,
  family: Family,
): IptablesTable[] {
  const ports = servicePorts(services, node, family);
  const portals = `${comment('kubernetes service portals')} -j KUBE-SERVICES`;
  return [
    { name: 'mangle', jumps: [], chains: [{ name: 'KUBE-PROXY-CANARY', rules: [] }] },
    filterTable(ports, node, family),
    {
      name: 'nat',
      jumps: [
        { from: 'PREROUTING', rule: portals },
        { from: 'OUTPUT', rule: portals },
        {
          from: 'POSTROUTING',
          rule: `${comment('kubernetes postrouting rules')} -j KUBE-POSTROUTING`,
        },
      ],
      chains: [
        { name: 'KUBE-PROXY-CANARY', rules: [] },
        { name: 'KUBE-MARK-MASQ', rules: ['-j MARK --set-xmark 0x4000/0x4000'] },
        {
          name: 'KUBE-POSTROUTING',
          rules: [
            '-m mark ! --mark 0x4000/0x4000 -j RETURN',
            '-j MARK --set-xmark 0x4000/0x0',
            `${comment('kubernetes service traffic requiring SNAT')} -j MASQUERADE --random-fully`,
          ],
        },
        {
          name: 'KUBE-NODEPORTS',
          rules: ports.flatMap((port) => nodePortRules(port, node, family)),
        },
        {
          name: 'KUBE-SERVICES',
          rules: [...ports.flatMap(portalRules), ...toNodePorts(node, family)],
        },
        ...ports.flatMap((port) => serviceChains(port, node, family)),
      ],
    },
  ];
}

/** From the addresses of a Service to its chains. */
function portalRules(port: ServicePort): string[] {
  const { name, protocol, clusterIp, externalIps, loadBalancerIps, sourceRanges } = port;
  const rule = (ip: string, what: string, chain: string) =>
    `-d ${host(ip)} -p ${protocol} ${comment(`${name} ${what}`)} ${toPort(port, port.port)} -j ${chain}`;
  const external = iptablesChain.service('KUBE-EXT', port);
  const balanced = sourceRanges.length > 0 ? iptablesChain.service('KUBE-FW', port) : external;
  return [
    ...(internalEndpoints(port).length === 0
      ? []
      : [rule(clusterIp, 'cluster IP', policyChain(port, port.internalLocal))]),
    ...(port.reached.length === 0
      ? []
      : [
          ...externalIps.map((ip) => rule(ip, 'external IP', external)),
          ...loadBalancerIps.map((ip) => rule(ip, 'loadbalancer IP', balanced)),
        ]),
  ];
}

function nodePortRules(port: ServicePort, { nfacct }: ProxyNode, family: Family): string[] {
  const { protocol, nodePort, name, reached } = port;
  if (nodePort === undefined || reached.length === 0) return [];
  const match = `-p ${protocol} ${comment(name)} ${toPort(port, nodePort)}`;
  const jump = `-j ${iptablesChain.service('KUBE-EXT', port)}`;
  // How often the loopback address is used is counted, where the kernel can.
  const counter = '-m nfacct --nfacct-name localhost_nps_accepted_pkts';
  return [
    ...(nfacct && family === 'inet' ? [`-d 127.0.0.0/8 ${match} ${counter} ${jump}`] : []),
    `${match} ${jump}`,
  ];
}

/** The end of KUBE-SERVICES. */
function toNodePorts({ address, nodePortAddresses }: ProxyNode, family: Family): string[] {
  const note = comment(
    'kubernetes service nodeports; NOTE: this must be the last rule in this chain',
  );
  const jump = '-j KUBE-NODEPORTS';
  if (nodePortAddresses === 'primary') {
    const ip = address[family];
    return ip === undefined ? [] : [`-d ${host(ip)} ${note} ${jump}`];
  }
  const any = `${note} -m addrtype --dst-type LOCAL ${jump}`;
  return [family === 'inet' ? any : `! -d ::1/128 ${any}`];
}
