import { readFileSync } from 'node:fs';
import type { KubeEndpoint, KubePort, KubeService, ProxyNode } from '../src/index.ts';

export const recordedText = (name: string): string =>
  readFileSync(new URL(`../fixtures/kube-proxy/${name}`, import.meta.url), 'utf8');

interface Item {
  kind: string;
  metadata: { name: string; namespace: string; labels?: Record<string, string> };
  spec: {
    clusterIPs: string[];
    ports: (KubePort & { targetPort: number })[];
    sessionAffinityConfig?: { clientIP: { timeoutSeconds: number } };
    externalTrafficPolicy?: 'Cluster' | 'Local';
    internalTrafficPolicy: 'Cluster' | 'Local';
    externalIPs?: string[];
    loadBalancerSourceRanges?: string[];
    healthCheckNodePort?: number;
  };
  status: { loadBalancer: { ingress?: { ip: string }[] } };
  endpoints: { addresses: string[]; nodeName?: string }[] | null;
}

/** What the API server held when the rules were recorded. */
export function recordedServices(): KubeService[] {
  const { items } = JSON.parse(recordedText('services.json')) as { items: Item[] };
  const slices = items.filter(({ kind }) => kind === 'EndpointSlice');
  const services = items.filter(({ kind }) => kind === 'Service');
  return [
    ...services.map(({ metadata, spec, status }): KubeService => {
      const slice = slices.find(
        (one) => one.metadata.labels?.['kubernetes.io/service-name'] === metadata.name,
      );
      return {
        namespace: metadata.namespace,
        name: metadata.name,
        clusterIps: spec.clusterIPs.filter((ip) => ip !== 'None'),
        ports: spec.ports,
        endpoints: (slice?.endpoints ?? []).map(
          ({ addresses, nodeName }): KubeEndpoint => ({
            address: addresses[0]!,
            ...(nodeName === undefined ? {} : { node: nodeName }),
          }),
        ),
        internalTrafficPolicy: spec.internalTrafficPolicy,
        externalTrafficPolicy: spec.externalTrafficPolicy ?? 'Cluster',
        externalIps: spec.externalIPs ?? [],
        sourceRanges: spec.loadBalancerSourceRanges ?? [],
        loadBalancerIps: status.loadBalancer.ingress?.map(({ ip }) => ip) ?? [],
        ...(spec.sessionAffinityConfig && {
          affinitySeconds: spec.sessionAffinityConfig.clientIP.timeoutSeconds,
        }),
        ...(spec.healthCheckNodePort === undefined
          ? {}
          : { healthCheckNodePort: spec.healthCheckNodePort }),
      };
    }),
    dns,
  ];
}

/** In another namespace than the one whose Services were recorded; its rules were. */
const dns: KubeService = {
  namespace: 'kube-system',
  name: 'kube-dns',
  clusterIps: ['10.88.96.10'],
  ports: [
    { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53 },
    { name: 'dns-tcp', protocol: 'TCP', port: 53, targetPort: 53 },
  ],
  endpoints: [
    { address: '10.88.65.2', node: 'kn1' },
    { address: '10.88.66.2', node: 'kn2' },
  ],
};

export const recordedNode = (name: 'kn1' | 'kn2'): ProxyNode => ({
  name,
  address: { inet: name === 'kn1' ? '10.88.0.11' : '10.88.0.12' },
  local: { clusterCidr: { inet: '10.88.64.0/19' } },
  serviceCidrs: ['10.88.96.0/20'],
  nfacct: true,
});
