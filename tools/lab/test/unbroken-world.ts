import { existsSync } from 'node:fs';
import { addChained, type ChainedPod, type ChainOptions } from '../src/chained-pod.ts';
import {
  createFelix,
  type FelixMode,
  installMeshPlugin,
  type LabPod,
  type PolicyPod,
  referencePlugins,
  startMeshProxy,
  type VcnLabNode,
} from '../src/index.ts';
import { run } from './outside-world.ts';
import { linkOf } from './policy-cluster.ts';
import {
  createServiceLab,
  podPort,
  type ServiceLab,
  type ServiceLabOptions,
} from './service-lab.ts';
import { madeService } from './service-made.ts';
import { serveByName } from './service-server.ts';

export const nodePorts = { here: 30081, elsewhere: 30082, local: 30083 } as const;
export const hostPort = 18080;
/** Addresses of the internet side to which pods go under their own. */
export const untranslated = { inet: '203.0.113.77', inet6: 'fd00:113::77' } as const;

interface Chained extends ChainedPod {
  pod: LabPod;
}

/**
 * Services, a policy engine, a mesh, translation to the node's address and a host port, on the same two nodes. Services
 * 1 to 3 are called inside: an endpoint of the first node, one of the second, and the first pod itself.
 */
export interface UnbrokenWorld extends ServiceLab {
  /** Of the first node: only pods that are clients reach it. */
  guarded: LabPod;
  /** With proxies: two on the first node, one on the second. */
  mesh: Record<'caller' | 'near' | 'far', Chained>;
  /** Has the host port of the first node; absent: the reference plugins are not there. */
  mapped?: Chained;
}

type Options = Pick<ServiceLabOptions, 'mode' | 'filter' | 'log'> & { felix: FelixMode };

export async function startUnbrokenWorld({ felix, ...options }: Options): Promise<UnbrokenWorld> {
  await using stack = new AsyncDisposableStack();
  // kube-proxy's addresses stay as they are where only the order of iptables could tell them apart.
  const exclude = [
    `${untranslated.inet}/32`,
    `${untranslated.inet6}/128`,
    '10.96.0.0/16',
    'fd00:96::/112',
  ];
  const config = {
    snat: { exclude },
    vcnCidrs: ['10.0.0.0/16', 'fd00:10::/56'],
    reconcileSeconds: 1,
  };
  const it = stack.use(await createServiceLab({ ...options, config }));
  const { one, two, lab, pods } = it;

  const guarded = await one.pod('guarded');
  await guarded.add();
  const chained = async (node: VcnLabNode, name: string, chain: ChainOptions): Promise<Chained> => {
    const pod = await node.pod(name);
    return { ...(await addChained(node, pod, chain)), pod };
  };
  const plugin = installMeshPlugin(one.paths.directory);
  const meshed = async (node: VcnLabNode, name: string) => {
    const chain = { plugins: [plugin.config], path: [plugin.path], cniVersion: '1.1.0' };
    const member = await chained(node, name, chain);
    await startMeshProxy(member.pod.namespace);
    return member;
  };
  const [caller, near, far] = await Promise.all([
    meshed(one, 'caller'),
    meshed(one, 'near'),
    meshed(two, 'far'),
  ]);
  const portMapping = { hostPort, containerPort: podPort, protocol: 'tcp', hostIP: '0.0.0.0' };
  const mapped = existsSync(`${referencePlugins}/portmap`)
    ? await chained(one, 'mapped', {
        plugins: [{ type: 'portmap', capabilities: { portMappings: true }, snat: true }],
        capabilities: { portMappings: [portMapping] },
      })
    : undefined;
  if (!mapped) console.warn('skipped: host ports (no reference plugins in /usr/lib/cni)');

  const { internet } = lab.vcn;
  await run(internet, 'ip', ['address', 'add', `${untranslated.inet}/24`, 'dev', 'eth0']);
  await run(internet, 'ip', ['address', 'add', `${untranslated.inet6}/64`, 'dev', 'eth0', 'nodad']);
  const servers = {
    guarded,
    near: near.pod,
    far: far.pod,
    one,
    two,
    internet: { namespace: internet },
  };
  const serving = Object.entries({ ...servers, ...(mapped && { mapped: mapped.pod }) });
  await Promise.all(serving.map(([name, { namespace }]) => serveByName(namespace, name, podPort)));

  await it.serve([
    madeService(it, 1, ['beta']),
    madeService(it, 2, ['gamma']),
    madeService(it, 3, ['alpha']),
    madeService(it, 4, ['beta'], { nodePort: nodePorts.here }),
    madeService(it, 5, ['delta'], { nodePort: nodePorts.elsewhere }),
    madeService(it, 6, ['beta'], { nodePort: nodePorts.local, externalTrafficPolicy: 'Local' }),
  ]);
  const client = (pod: LabPod): PolicyPod => ({
    labels: { role: 'client' },
    addresses: [pod.address('inet'), pod.address('inet6')],
  });
  const local = ['alpha', 'beta', 'caller', 'near', 'mapped', 'passing'];
  const allowed = (['tcp', 'udp'] as const).map((protocol) => ({
    peer: { role: 'client' },
    port: { protocol, number: podPort },
  }));
  await createFelix(one.namespace, felix).apply({
    endpoints: [
      ...local.map((name) => ({ link: linkOf(name), labels: {} })),
      { link: linkOf('guarded'), labels: { app: 'guarded' } },
    ],
    pods: [client(pods.alpha), client(pods.gamma)],
    policies: [{ name: 'guarded', selector: { app: 'guarded' }, ingress: allowed, egress: [] }],
  });
  const kept = stack.move();
  return {
    ...it,
    ...{ guarded, mesh: { caller, near, far } },
    ...(mapped && { mapped }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
