import { dirname } from 'node:path';
import { runList } from '@vcn-cni/cni-runtime';
import { parseConflist, type ResultDocument } from '@vcn-cni/cni-spec';
import type { LabPod } from './lab-pod.ts';
import { referencePlugins } from './plugins.ts';
import type { VcnLabNode } from './vcn-lab-node.ts';

/** What follows ours in the list. */
export interface ChainOptions {
  plugins: Record<string, unknown>[];
  /** Directories of plugins beside ours and the reference ones. */
  path?: string[];
  capabilities?: Record<string, unknown>;
  /** As the list has it; default 1.0.0, which the reference plugins know. */
  cniVersion?: string;
}

export interface ChainedPod {
  result: ResultDocument;
  address(family?: 'inet' | 'inet6'): string;
  check(): Promise<void>;
  del(): Promise<void>;
}

/** ADD of a list with other plugins behind ours, as a runtime executes it on a node. */
export async function addChained(
  node: VcnLabNode,
  pod: LabPod,
  options: ChainOptions,
): Promise<ChainedPod> {
  const { plugins, path = [], capabilities = {}, cniVersion = '1.0.0' } = options;
  const ours = { type: 'oci-vcn', capabilities: { mac: true, ips: true } };
  const common = {
    list: parseConflist(
      JSON.stringify({ cniVersion, name: 'chained', plugins: [ours, ...plugins] }),
    ),
    path: [dirname(node.plugin), ...path, referencePlugins],
    attachment: {
      containerId: pod.containerId,
      netns: pod.path,
      ifname: pod.ifname,
      args: [
        ['IgnoreUnknown', '1'],
        ['K8S_POD_NAMESPACE', 'default'],
        ['K8S_POD_NAME', pod.name],
      ] as [string, string][],
      capabilities,
    },
    environment: { PATH: process.env['PATH']!, VCN_CNI_SOCKET: node.paths.socket },
    commandPrefix: ['nsenter', `--net=${node.namespace.path}`, '--'],
  };
  const result = await runList({ ...common, verb: 'ADD' });
  const { ips } = result as unknown as { ips: { address: string }[] };
  return {
    result,
    address: (family = 'inet') =>
      ips
        .find(({ address }) => address.includes(':') === (family === 'inet6'))!
        .address.split('/')[0]!,
    check: async () => void (await runList({ ...common, verb: 'CHECK', prevResult: result })),
    del: async () => void (await runList({ ...common, verb: 'DEL', prevResult: result })),
  };
}
