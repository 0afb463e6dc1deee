import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from '@vcn-cni/netlink/sandbox';
import { type LabDaemon, type LabPaths, startDaemon } from './lab-daemon.ts';
import { createPod, type LabPod, type PodOptions } from './lab-pod.ts';
import { mountNamespace, unmount } from './mount.ts';
import { installPlugin } from './plugins.ts';
import { hostState } from './residue.ts';
import { build, type Topology } from './topology.ts';

export interface LabOptions {
  /** Made if missing; a temporary one by default. Removed at the end. */
  directory?: string;
  /** CIDR blocks of pod addresses. */
  blocks?: string[];
  /** Over the laboratory's own daemon configuration. */
  config?: Record<string, unknown>;
  /** Which build of the plugin pods are made with; default: the relay where there is one. */
  plugin?: 'relay' | 'node';
  /** Standard error of the daemons; default: shown when one fails to start. */
  log?: (text: string) => void;
}

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

function labPaths(directory: string): LabPaths {
  const run = join(directory, 'run');
  return {
    directory,
    run,
    socket: join(run, 'cni.sock'),
    ctl: join(run, 'ctl.sock'),
    netns: join(directory, 'netns'),
    cache: join(directory, 'cache'),
    config: join(directory, 'config.json'),
  };
}
