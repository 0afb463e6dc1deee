import { iptablesChain } from './chain-names.ts';
import { hasFirewall } from './iptables-chains.ts';
import type { IptablesTable } from './iptables-rules.ts';
import { comment, host, toPort } from './iptables-words.ts';
import type { Family, ProxyNode } from './proxy-node.ts';
import { externalEndpoints, internalEndpoints, type ServicePort } from './service-port.ts';

/** What is refused, dropped and let through: table filter. */
export function filterTable(
  ports: readonly ServicePort[],
  { nfacct }: ProxyNode,
  family: Family,
): IptablesTable {
  const counter = nfacct ? '-m nfacct --nfacct-name ct_state_invalid_dropped_pkts ' : '';
  const forwarding = comment('kubernetes forwarding rules');
  return {
    name: 'filter',
    jumps,
    chains: [
      { name: 'KUBE-PROXY-CANARY', rules: [] },
      {
        name: 'KUBE-EXTERNAL-SERVICES',
        rules: ports.flatMap((port) => refuseOutside(port, family)),
      },
      {
        name: 'KUBE-FORWARD',
        rules: [
          `-m conntrack --ctstate INVALID ${counter}-j DROP`,
          `${forwarding} -m mark --mark 0x4000/0x4000 -j ACCEPT`,
          `${comment('kubernetes forwarding conntrack rule')} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
        ],
      },
      { name: 'KUBE-NODEPORTS', rules: ports.flatMap(healthCheck) },
      { name: 'KUBE-PROXY-FIREWALL', rules: ports.flatMap(firewall) },
      { name: 'KUBE-SERVICES', rules: ports.flatMap((port) => refuseInside(port, family)) },
    ],
  };
}

const isNew = '-m conntrack --ctstate NEW';
const fromFirewall = `${isNew} ${comment('kubernetes load balancer firewall')} -j KUBE-PROXY-FIREWALL`;
const toServices = `${isNew} ${comment('kubernetes service portals')} -j KUBE-SERVICES`;
const toExternal = `${isNew} ${comment('kubernetes externally-visible service portals')} -j KUBE-EXTERNAL-SERVICES`;

const jumps = [
  { from: 'INPUT', rule: fromFirewall },
  {
    from: 'INPUT',
    rule: `${comment('kubernetes health check service ports')} -j KUBE-NODEPORTS`,
  },
  { from: 'INPUT', rule: toExternal },
  { from: 'FORWARD', rule: fromFirewall },
  { from: 'FORWARD', rule: `${comment('kubernetes forwarding rules')} -j KUBE-FORWARD` },
  { from: 'FORWARD', rule: toServices },
  { from: 'FORWARD', rule: toExternal },
  { from: 'OUTPUT', rule: fromFirewall },
  { from: 'OUTPUT', rule: toServices },
];

/** A Service without an endpoint at all is refused; one that has some, elsewhere, is silent. */
function refusal({ name, reached }: ServicePort, family: Family) {
  const kind = family === 'inet' ? 'icmp' : 'icmp6';
  return reached.length === 0
    ? {
        note: comment(`${name} has no endpoints`),
        verdict: `REJECT --reject-with ${kind}-port-unreachable`,
      }
    : { note: comment(`${name} has no local endpoints`), verdict: 'DROP' };
}

function refuseInside(port: ServicePort, family: Family): string[] {
  if (internalEndpoints(port).length > 0) return [];
  const { note, verdict } = refusal(port, family);
  return [
    `-d ${host(port.clusterIp)} -p ${port.protocol} ${note} ${toPort(port, port.port)} -j ${verdict}`,
  ];
}

function refuseOutside(port: ServicePort, family: Family): string[] {
  if (externalEndpoints(port).length > 0) return [];
  const { protocol, externalIps, loadBalancerIps, nodePort } = port;
  const { note, verdict } = refusal(port, family);
  return [
    ...[...externalIps, ...loadBalancerIps].map(
      (ip) => `-d ${host(ip)} -p ${protocol} ${note} ${toPort(port, port.port)} -j ${verdict}`,
    ),
    ...(nodePort === undefined
      ? []
      : [
          `-p ${protocol} ${note} -m addrtype --dst-type LOCAL ${toPort(port, nodePort)} -j ${verdict}`,
        ]),
  ];
}

function healthCheck({ name, service }: ServicePort): string[] {
  const { healthCheckNodePort: port } = service;
  if (port === undefined) return [];
  return [`-p tcp ${comment(`${name} health check node port`)} -m tcp --dport ${port} -j ACCEPT`];
}

function firewall(port: ServicePort): string[] {
  const { name, protocol, loadBalancerIps } = port;
  if (!hasFirewall(port)) return [];
  const note = comment(`${name} traffic not accepted by ${iptablesChain.service('KUBE-FW', port)}`);
  return loadBalancerIps.map(
    (ip) => `-d ${host(ip)} -p ${protocol} ${note} ${toPort(port, port.port)} -j DROP`,
  );
}
