import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecResult, Sandbox, SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { getCtl } from './ctl.ts';
import { type LabDaemon, startDaemon } from './lab-daemon.ts';
import type { LabPaths } from './lab-paths.ts';
import { createPod, type LabPod, type PodOptions } from './lab-pod.ts';
import { mergeConfig } from './merge-config.ts';
import { mountNamespace, unmount } from './mount.ts';
import { vcnctlMain } from './plugins.ts';
import { hostState, noneTentative } from './residue.ts';

/** A node of a laboratory: a namespace with a daemon of its own, and pods. */
export interface LabNode {
  readonly paths: LabPaths;
  /** The plugin binary that pods are made with. */
  readonly plugin: string;
  /** Starts a daemon in the node's namespace and waits until it serves. */
  startDaemon(): Promise<LabDaemon>;
  /** What the daemon answers to a GET on its operators' socket, as `/v1/status`. */
  ask(path: string): Promise<unknown>;
  /** Executes `vcnctl` against the daemon. */
  vcnctl(...args: string[]): Promise<ExecResult>;
  /** A pod's namespace, visible at a path as a runtime makes it; nothing attached yet. */
  pod(name: string, options?: PodOptions): Promise<LabPod>;
  /** What the node holds now is no residue. The first daemon does so when it has just started. */
  settle(): Promise<void>;
  /** What the node holds beyond that, as text. */
  residue(): Promise<string[]>;
}

interface Surroundings {
  /** Unique within the sandbox. */
  name: string;
  sandbox: Sandbox;
  namespace: SandboxNamespace;
  paths: LabPaths;
  plugin: string;
  /** Of the daemon, but for its paths. */
  config: Record<string, unknown>;
  log?: ((text: string) => void) | undefined;
}

/** What it starts and mounts ends when it is disposed of. */
export async function createLabNode({
  name: node,
  sandbox,
  namespace,
  paths,
  plugin,
  config,
  log,
}: Surroundings): Promise<LabNode & AsyncDisposable> {
  await mkdir(paths.netns, { recursive: true });
  const stack = new AsyncDisposableStack();
  let before: string[] | undefined;
  const own = {
    socket: paths.socket,
    stateDirectory: paths.run,
    cacheDirectory: paths.cache,
    ctlSocket: paths.ctl,
  };
  const settle = async () => {
    await noneTentative(namespace);
    before = await hostState(namespace, paths);
  };
  return {
    paths,
    plugin,
    async startDaemon() {
      const daemon = await startDaemon(namespace, paths, mergeConfig(own, config), log);
      stack.defer(() => daemon.kill());
      if (before === undefined) await settle();
      return daemon;
    },
    ask: (path) => getCtl(paths.ctl, path),
    vcnctl: (...args) =>
      namespace.exec(process.execPath, [
        ...['--conditions=@vcn-cni/source', vcnctlMain, '--socket', paths.ctl],
        ...args,
      ]),
    async pod(name, options = {}) {
      const inside = sandbox.namespace(`${node} pod ${name}`);
      const path = join(paths.netns, name);
      await mountNamespace(inside.path, path);
      stack.defer(() => unmount(path));
      const surroundings = { name, namespace: inside, path, plugin, paths, node: namespace };
      return createPod(surroundings, options);
    },
    settle,
    async residue() {
      const after = await hostState(namespace, paths);
      return after.filter((line) => !before?.includes(line));
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
