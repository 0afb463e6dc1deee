import { join } from 'node:path';
import { startVcn, type Vcn, type VcnNode, type VcnOptions } from '@vcn-cni/vcn-sim';
import { openDirectory } from './lab-directory.ts';
import { createLabNode } from './lab-node.ts';
import type { LabOptions } from './lab-options.ts';
import { labPaths } from './lab-paths.ts';
import { mergeConfig } from './merge-config.ts';
import { installPlugin } from './plugins.ts';
import { stockOf, vcnConfig } from './vcn-config.ts';
import { createVcnLabNode, type VcnLabNode } from './vcn-lab-node.ts';

export interface VcnLabOptions extends VcnOptions, Omit<LabOptions, 'blocks'> {
  /** Names of the subnets that pods get addresses of; default `pods`. */
  podSubnets?: string[];
}

/** Nodes of a simulated VCN, each with a daemon of its own. */
export interface VcnLab extends AsyncDisposable {
  readonly vcn: Vcn;
  readonly nodes: readonly VcnLabNode[];
  /** One more. */
  launch(name: string): Promise<VcnLabNode>;
}

/** Starts the VCN and its nodes, no daemon yet. All of it is gone when it is disposed of. */
export async function createVcnLab(options: VcnLabOptions = {}): Promise<VcnLab> {
  await using stack = new AsyncDisposableStack();
  const directory = await openDirectory(stack, options.directory);
  const vcn = stack.use(await startVcn(options));
  const plugin = installPlugin(join(directory, 'bin'), options.plugin);
  const config = mergeConfig(vcnConfig(vcn, options.podSubnets ?? ['pods']), options.config ?? {});
  const nodes: VcnLabNode[] = [];

  async function equip(owner: AsyncDisposableStack, instance: VcnNode): Promise<VcnLabNode> {
    const { name, namespace } = instance;
    const paths = labPaths(join(directory, name));
    const { sandbox } = vcn;
    const { log } = options;
    const base = owner.use(
      await createLabNode({
        ...{ name, sandbox, namespace, paths, plugin, log },
        config: mergeConfig(config, { node: { name } }),
      }),
    );
    const node = createVcnLabNode(base, instance, stockOf(config));
    nodes.push(node);
    return node;
  }
  for (const instance of vcn.nodes) await equip(stack, instance);

  const kept = stack.move();
  return {
    vcn,
    nodes,
    launch: async (name) => equip(kept, await vcn.launch(name)),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
