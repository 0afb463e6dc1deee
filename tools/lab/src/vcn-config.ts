import type { Vcn } from '@vcn-cni/vcn-sim';

/** A daemon that gets its addresses from the VCN, in the name of its instance. */
export function vcnConfig(
  { endpoints, subnets }: Vcn,
  podSubnets: readonly string[],
): Record<string, unknown> {
  return {
    pool: { mode: 'oci', families: ['inet', 'inet6'], cooldownSeconds: 1 },
    oci: {
      subnets: podSubnets.map((name) => {
        const subnet = subnets[name];
        if (subnet) return subnet.id;
        throw new Error(`podSubnets: ${JSON.stringify(name)} is not among ${Object.keys(subnets)}`);
      }),
      authentication: 'instance-principal',
      endpoint: endpoints.api,
      federationEndpoint: endpoints.federation,
      metadata: endpoints.metadata,
    },
  };
}
