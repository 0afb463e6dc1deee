import type { Vcn } from '@vcn-cni/vcn-sim';
import type { Stock } from './vcn-lab-node.ts';

type Config = Record<string, unknown>;

/** A daemon that gets its addresses from the VCN, in the name of its instance. */
export function vcnConfig({ endpoints, subnets }: Vcn, podSubnets: readonly string[]): Config {
  return {
    pool: { mode: 'oci', families: ['inet', 'inet6'], min: 16, cooldownSeconds: 1 },
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

/** What such a daemon holds before there are pods. */
export function stockOf({ pool }: Config): Stock {
  const { families, min } = pool as { families: (keyof Stock)[]; min: number };
  return Object.fromEntries(families.map((family) => [family, min]));
}
