import {
  addChained,
  type ChainedPod,
  connectTcp,
  installMeshPlugin,
  type LabPod,
  type MeshPlugin,
  type MeshProxy,
  passthrough,
  serveTcp,
  startMeshProxy,
  type VcnLabNode,
} from '@vcn-cni/lab';
import { endPortText, type Family, families } from './end.ts';
import { port, reaching } from './flow.ts';
import type { NodePods } from './node-pods.ts';
import type { Flow } from './report.ts';

interface Meshed extends ChainedPod {
  pod: LabPod;
  proxy: MeshProxy;
}

/**
 * Calls between pods of a mesh, whose proxies a chained plugin redirects their connections to as istio-cni does.
 * `pause` is called while they are there.
 */
export async function meshRows(
  placed: readonly NodePods[],
  pause: () => Promise<void>,
): Promise<Flow[]> {
  const [{ node }, next] = placed as [NodePods, NodePods?];
  const plugin = installMeshPlugin(node.paths.directory);
  const [client, near, far] = await Promise.all([
    meshed(node, 'mesh-client', plugin),
    meshed(node, 'mesh-near', plugin),
    next && meshed(next.node, 'mesh-far', plugin),
  ]);
  const rows: Flow[] = [];
  for (const family of families) {
    rows.push(await byBothProxies('mesh-same-node', client, near, family));
    if (far) rows.push(await byBothProxies('mesh-cross-node', client, far, family));
  }
  await pause();
  for (const one of [client, near, ...(far ? [far] : [])]) {
    one.proxy[Symbol.dispose]();
    await one.check();
    await one.del();
  }
  return rows;
}

async function meshed(node: VcnLabNode, name: string, plugin: MeshPlugin): Promise<Meshed> {
  const pod = await node.pod(name);
  const options = { plugins: [plugin.config], path: [plugin.path], cniVersion: '1.1.0' };
  const chained = await addChained(node, pod, options);
  const [proxy] = await Promise.all([startMeshProxy(pod.namespace), serveTcp(pod.namespace, port)]);
  return { ...chained, pod, proxy };
}

/** Reached means: the server sees its own proxy, and both proxies know who called and whom. */
async function byBothProxies(
  name: string,
  client: Meshed,
  server: Meshed,
  family: Family,
): Promise<Flow> {
  const [from, address] = [client.address(family), server.address(family)];
  const seen = await connectTcp(client.pod.namespace, address, port);
  const known = await Promise.all([
    client.proxy.saw({ way: 'outbound', from, address, port }),
    server.proxy.saw({ way: 'inbound', from, address, port }),
  ]);
  const to = endPortText({ name: server.pod.name, address }, port);
  const reached = seen === passthrough[family] && !known.includes(false);
  return reaching(name, [`${client.pod.name} ${from}`, to], reached);
}
