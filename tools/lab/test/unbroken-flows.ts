import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { podPort } from './service-lab.ts';
import { clusterIp } from './service-made.ts';
import type { Flow } from './steady-flows.ts';
import { hostPort, nodePorts, type UnbrokenWorld, untranslated } from './unbroken-world.ts';

/** A flow, who calls, and the server that it must reach. */
export interface WantedFlow extends Flow {
  from: SandboxNamespace;
  server: string;
}

type Caller = { namespace: SandboxNamespace };
type Row = [name: string, from: Caller, server: string, to: string, port?: number];

/** Over both protocols, every flow of a family. */
export function wantedFlows(world: UnbrokenWorld, family: 'inet' | 'inet6'): WantedFlow[] {
  const { pods, one, two, client, lab, mesh, guarded, mapped, publicAddress } = world;
  const { alpha, beta, gamma } = pods;
  const internet = { namespace: lab.vcn.internet };
  const [first, second] = [one.primary.address[family]!, two.primary.address[family]!];
  const rows: Row[] = [
    ['pod to pod, one node', alpha, 'beta', beta.address(family)],
    ['pod to pod, two nodes', alpha, 'gamma', gamma.address(family)],
    ['pod to its node', alpha, 'one', first],
    ['pod to another node', alpha, 'two', second],
    ['node to its pod', one, 'alpha', alpha.address(family)],
    ['node to a pod elsewhere', one, 'gamma', gamma.address(family)],
    ['policy, one node', alpha, 'guarded', guarded.address(family)],
    ['policy, two nodes', gamma, 'guarded', guarded.address(family)],
    ['outside by the NAT gateway', alpha, 'internet', untranslated[family]],
    ['outside by the address of the node', alpha, 'internet', lab.vcn.internetAddress[family]],
    ['node port, endpoint here', client, 'beta', first, nodePorts.here],
    ['node port, endpoint elsewhere', client, 'delta', first, nodePorts.elsewhere],
    ['node port, policy Local', client, 'beta', first, nodePorts.local],
    ['node port from outside', internet, 'beta', publicAddress[family], nodePorts.local],
    ['node port, a pod of another node', gamma, 'beta', first, nodePorts.local],
    ['node port, a pod of the node', alpha, 'delta', first, nodePorts.elsewhere],
  ];
  const overTcp: Row[] = [
    ['mesh, one node', mesh.caller.pod, 'near', mesh.near.address(family)],
    ['mesh, two nodes', mesh.caller.pod, 'far', mesh.far.address(family)],
    ['mesh to a Service', mesh.caller.pod, 'gamma', clusterIp(2)[family], 80],
    // The reference plugin maps one family only.
    ...(mapped && family === 'inet'
      ? ([
          ['host port from outside', internet, 'mapped', publicAddress.inet, hostPort],
          ['host port, a pod of another node', gamma, 'mapped', first, hostPort],
          ['host port, a pod of the node', alpha, 'mapped', first, hostPort],
        ] satisfies Row[])
      : []),
  ];
  const services = (port: number): Row[] => [
    ['Service, endpoint here', alpha, 'beta', clusterIp(1)[family], port],
    ['Service, endpoint elsewhere', alpha, 'gamma', clusterIp(2)[family], port],
    ['Service, the pod itself', alpha, 'alpha', clusterIp(3)[family], port],
    ['node to a Service', one, 'gamma', clusterIp(2)[family], port],
  ];
  const over = (protocol: Flow['protocol'], wanted: Row[]): WantedFlow[] =>
    wanted.map(([name, { namespace: from }, server, to, port = podPort]) => ({
      ...{ name: `${name}, ${protocol} ${family}`, from, server, protocol, to, port },
    }));
  return [
    ...over('tcp', [...rows, ...overTcp, ...services(80)]),
    ...over('udp', [...rows, ...services(90)]),
  ];
}

/** The ways of which echo requests are sent too. */
export const pinged = [
  'pod to pod, one node',
  'pod to pod, two nodes',
  'pod to its node',
  'node to its pod',
  'node to a pod elsewhere',
  'outside by the NAT gateway',
  'outside by the address of the node',
];
