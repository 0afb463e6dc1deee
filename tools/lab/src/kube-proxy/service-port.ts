import { BlockList } from 'node:net';
import type { KubeService } from './kube-service.ts';
import { type Family, familyOf, type ProxyNode } from './proxy-node.ts';

/** One port of a Service in one family, with its endpoints chosen for a node. */
export interface ServicePort {
  service: KubeService;
  /** As kube-proxy writes it: `namespace/name`, with `:port` where the port has a name. */
  name: string;
  /** `namespace/name/protocol/port`, of which nftables chains are named. */
  path: string;
  protocol: 'tcp' | 'udp';
  port: number;
  nodePort?: number;
  clusterIp: string;
  externalIps: string[];
  loadBalancerIps: string[];
  sourceRanges: string[];
  internalLocal: boolean;
  externalLocal: boolean;
  /** It can be called from outside the cluster. */
  isExternal: boolean;
  /** Endpoints of policy Cluster; empty where no policy of the Service uses them. */
  cluster: ProxyEndpoint[];
  /** Endpoints of policy Local; empty where no policy of the Service uses them. */
  local: ProxyEndpoint[];
  /** Each endpoint that is reached from here in either way, once. */
  reached: ProxyEndpoint[];
}

export interface ProxyEndpoint {
  ip: string;
  port: number;
  /** `ip:port`, with brackets in IPv6. */
  text: string;
}

/** Every port of every Service that has a cluster address in the family, sorted by name. */
export function servicePorts(
  services: readonly KubeService[],
  node: ProxyNode,
  family: Family,
): ServicePort[] {
  return services
    .flatMap((service) => portsOf(service, node, family))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function portsOf(service: KubeService, node: ProxyNode, family: Family): ServicePort[] {
  const ofFamily = (texts: readonly string[] = []) =>
    texts.filter((text) => familyOf(text) === family);
  const [clusterIp] = ofFamily(service.clusterIps);
  if (clusterIp === undefined) return [];
  const internalLocal = service.internalTrafficPolicy === 'Local';
  const externalLocal = service.externalTrafficPolicy === 'Local';
  const externalIps = ofFamily(service.externalIps);
  const loadBalancerIps = ofFamily(service.loadBalancerIps);
  return service.ports.map((port) => {
    const isExternal = [port.nodePort, ...externalIps, ...loadBalancerIps].some(Boolean);
    const endpoints = (wanted: (node: string | undefined) => boolean) =>
      service.endpoints
        .filter(({ address, node }) => familyOf(address) === family && wanted(node))
        .map(({ address }) => endpoint(address, port.targetPort))
        .sort((a, b) => (a.text < b.text ? -1 : 1));
    // Policy Local uses those of Cluster too: pods and the node itself are served by any endpoint.
    const cluster = !internalLocal || isExternal ? endpoints(() => true) : [];
    const usesLocal = internalLocal || (isExternal && externalLocal);
    const local = usesLocal ? endpoints((at) => at === node.name) : [];
    const protocol = port.protocol === 'TCP' ? 'tcp' : 'udp';
    const base = `${service.namespace}/${service.name}`;
    return {
      service,
      name: port.name ? `${base}:${port.name}` : base,
      path: `${base}/${protocol}/${port.name ?? ''}`,
      protocol,
      port: port.port,
      ...(port.nodePort === undefined ? {} : { nodePort: port.nodePort }),
      clusterIp,
      externalIps,
      loadBalancerIps,
      sourceRanges: ofFamily(service.sourceRanges),
      internalLocal,
      externalLocal,
      isExternal,
      cluster,
      local,
      reached: cluster.length > 0 ? cluster : local,
    };
  });
}

const endpoint = (ip: string, port: number): ProxyEndpoint => ({
  ip,
  port,
  text: ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`,
});

/** Endpoints that a caller inside the cluster gets. */
export const internalEndpoints = ({ internalLocal, local, cluster }: ServicePort) =>
  internalLocal ? local : cluster;

/** Endpoints that a caller from outside gets. */
export const externalEndpoints = ({ externalLocal, local, cluster }: ServicePort) =>
  externalLocal ? local : cluster;

/** Whether a node's own calls of a load balancer address are let in by its source ranges: they come from that address. */
export function admitsNode({ sourceRanges }: ServicePort, nodeIp: string | undefined): boolean {
  if (nodeIp === undefined) return false;
  const type = familyOf(nodeIp) === 'inet' ? 'ipv4' : 'ipv6';
  const admitted = new BlockList();
  for (const range of sourceRanges) {
    const [network = '', prefix] = range.split('/');
    admitted.addSubnet(network, Number(prefix), type);
  }
  return admitted.check(nodeIp, type);
}
