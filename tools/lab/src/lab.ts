import { join } from 'node:path';
import { createSandbox } from '@vcn-cni/netlink/sandbox';
import { openDirectory } from './lab-directory.ts';
import { createLabNode, type LabNode } from './lab-node.ts';
import type { LabOptions } from './lab-options.ts';
import { labPaths } from './lab-paths.ts';
import { mergeConfig } from './merge-config.ts';
import { installPlugin } from './plugins.ts';
import { build, type Topology, uplink } from './topology.ts';

/** One node with blocks of its own. */
export interface Lab extends Topology, LabNode, AsyncDisposable {}

/** Builds the laboratory. Everything is inside namespaces of its own and gone when it is disposed of. */
export async function createLab(options: LabOptions = {}): Promise<Lab> {
  const blocks = options.blocks ?? ['10.77.1.0/26', 'fd77:0:0:1::/80'];
  await using stack = new AsyncDisposableStack();
  const sandbox = stack.use(await createSandbox());
  const directory = await openDirectory(stack, options.directory);
  const topology = await build(sandbox, blocks);
  const config = { node: { interface: uplink }, pool: { blocks, cooldownSeconds: 1 } };
  const node = stack.use(
    await createLabNode({
      name: 'node',
      sandbox,
      namespace: topology.node,
      paths: labPaths(directory),
      plugin: installPlugin(join(directory, 'bin'), options.plugin),
      config: mergeConfig(config, options.config ?? {}),
      log: options.log,
    }),
  );
  const kept = stack.move();
  return { ...topology, ...node, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
