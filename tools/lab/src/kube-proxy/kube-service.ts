/** A Service and its endpoints, as far as kube-proxy looks at them. Each family takes what is of its own. */
export interface KubeService {
  namespace: string;
  name: string;
  /** One per family at most; none: headless, of which kube-proxy writes nothing. */
  clusterIps: string[];
  ports: KubePort[];
  /** Ready ones. */
  endpoints: KubeEndpoint[];
  /** Of `ClientIP`; absent: none. */
  affinitySeconds?: number;
  /** Default `Cluster`. */
  externalTrafficPolicy?: TrafficPolicy;
  /** Default `Cluster`. */
  internalTrafficPolicy?: TrafficPolicy;
  externalIps?: string[];
  /** Of `status.loadBalancer.ingress` with `ipMode` VIP: kept as destination up to the node. */
  loadBalancerIps?: string[];
  /** `loadBalancerSourceRanges`; none: everybody may. */
  sourceRanges?: string[];
  healthCheckNodePort?: number;
}

export type TrafficPolicy = 'Cluster' | 'Local';

export interface KubePort {
  /** Absent where a Service has only one. */
  name?: string;
  protocol: 'TCP' | 'UDP';
  port: number;
  targetPort: number;
  nodePort?: number;
}

export interface KubeEndpoint {
  address: string;
  /** Name of its node; absent: of none, as the API server's. */
  node?: string;
}
