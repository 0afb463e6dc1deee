import type { KubeService } from '../src/index.ts';
import { podPort, type ServiceLab } from './service-lab.ts';

type PodName = keyof ServiceLab['pods'];

/** The nth Service: both families, TCP 80 and UDP 90 to the pods' servers; with `nodePort`, both under that one too. */
export function madeService(
  { pods, one, two }: ServiceLab,
  number: number,
  endpoints: readonly PodName[],
  { nodePort, ...more }: Partial<KubeService> & { nodePort?: number } = {},
): KubeService {
  const nodeOf = (name: PodName) => (name === 'alpha' || name === 'beta' ? one.name : two.name);
  const common = { targetPort: podPort, ...(nodePort === undefined ? {} : { nodePort }) };
  return {
    namespace: 'default',
    name: `service-${number}`,
    clusterIps: [clusterIp(number).inet, clusterIp(number).inet6],
    ports: [
      { name: 'http', protocol: 'TCP', port: 80, ...common },
      { name: 'udp', protocol: 'UDP', port: 90, ...common },
    ],
    endpoints: endpoints.flatMap((name) =>
      (['inet', 'inet6'] as const).map((family) => ({
        address: pods[name].address(family),
        node: nodeOf(name),
      })),
    ),
    ...more,
  };
}

export const clusterIp = (number: number) => ({
  inet: `10.96.0.${number}`,
  inet6: `fd00:96::${number.toString(16)}`,
});
