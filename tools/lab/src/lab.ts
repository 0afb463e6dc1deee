import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from '@vcn-cni/netlink/sandbox';
import { type LabDaemon, startDaemon } from './lab-daemon.ts';
import type { LabOptions } from './lab-options.ts';
import { type LabPaths, labPaths } from './lab-paths.ts';
import { createPod, type LabPod, type PodOptions } from './lab-pod.ts';
import { mountNamespace, unmount } from './mount.ts';
import { installPlugin } from './plugins.ts';
import { hostState } from './residue.ts';
import { build, type Topology } from './topology.ts';

export interface Lab extends Topology, AsyncDisposable {
  readonly paths: LabPaths;
  /** The plugin binary that pods are made with. */
  readonly plugin: string;
  /** Starts a daemon in the node's namespace and waits until it serves. */
  startDaemon(): Promise<LabDaemon>;
  /** A pod's namespace, visible at a path as a runtime makes it; nothing attached yet. */
  pod(name: string, options?: PodOptions): Promise<LabPod>;
  /** What the node holds beyond what it held when the first daemon had just started, as text. */
  residue(): Promise<string[]>;
}

/** Builds the laboratory. Everything is inside namespaces of its own and gone when it is disposed of. */
export async function createLab(options: LabOptions = {}): Promise<Lab> {
  const blocks = options.blocks ?? ['10.77.1.0/26', 'fd77:0:0:1::/80'];
  await using stack = new AsyncDisposableStack();
  const sandbox = stack.use(await createSandbox());
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'vcn-cni-lab-')));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const paths = labPaths(directory);
  await mkdir(paths.netns, { recursive: true });
  const topology = await build(sandbox, blocks);
  let before: string[] | undefined;
  const plugin = installPlugin(join(directory, 'bin'), options.plugin);
  const kept = stack.move();
  return {
    ...topology,
    paths,
    plugin,
    async startDaemon() {
      const daemon = await startDaemon(topology.node, paths, blocks, options);
      before ??= await hostState(topology.node, paths);
      return daemon;
    },
    async pod(name, podOptions = {}) {
      const namespace = sandbox.namespace(`pod ${name}`);
      const path = join(paths.netns, name);
      await mountNamespace(namespace.path, path);
      kept.defer(() => unmount(path));
      return createPod({ name, namespace, path, plugin, paths, node: topology.node }, podOptions);
    },
    async residue() {
      const after = await hostState(topology.node, paths);
      return after.filter((line) => !before?.includes(line));
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
