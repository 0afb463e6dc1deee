import { buildPlugins, createVcnLab } from '@vcn-cni/lab';
import { Command, InvalidArgumentError, Option } from 'commander';
import { hold } from './hold.ts';
import { maxNodes } from './node-pods.ts';
import { createProgress } from './progress.ts';
import { runScenario } from './scenario.ts';
import { type Scene, scenes } from './scene.ts';
import { table } from './table.ts';
import { writePages } from './write-pages.ts';

interface Flags {
  nodes: number;
  json?: boolean;
  keep?: Scene;
  pages?: string;
}

/** `npm run demo`: returns the exit code. 0: all as expected and nothing left; 1: not so; 2: wrong usage. */
export async function demo(args: readonly string[]): Promise<number> {
  const command = new Command('demo')
    .description('Makes a simulated VCN of nodes and pods in namespaces, and sends real packets.')
    .option('--nodes <count>', `how many nodes, 1 to ${maxNodes}`, readCount, 2)
    .option('--json', 'print one object and nothing else on standard output')
    .addOption(
      new Option(
        '--keep [scene]',
        'hold in a scene, by default services, and say how to look around',
      )
        .choices(scenes)
        .preset('services'),
    )
    .option('--pages <folder>', 'write what vcnctl trace says into the Markdown pages of a folder')
    .allowExcessArguments(false)
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    return (error as { exitCode: number }).exitCode === 0 ? 0 : 2;
  }
  const { nodes, json, keep, pages } = command.opts<Flags>();
  const say = createProgress();
  say('building the plugin');
  buildPlugins();
  say(`building a VCN and launching ${nodes} ${nodes === 1 ? 'node' : 'nodes'} in namespaces`);
  await using lab = await createVcnLab({ nodes });
  const report = await runScenario(lab, say, async (scene, placed) => {
    if (pages !== undefined) {
      say(`writing what the pages in ${pages} show of this`);
      await writePages(pages, lab.nodes, scene);
    }
    if (keep === scene) await hold(lab, placed);
  });
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : table(report));
  return report.ok ? 0 : 1;
}

function readCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= maxNodes) return count;
  throw new InvalidArgumentError(`It must be a number from 1 to ${maxNodes}.`);
}
