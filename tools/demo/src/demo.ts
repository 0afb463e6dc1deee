import { buildPlugins, createLab } from '@vcn-cni/lab';
import { Command } from 'commander';
import { hold } from './hold.ts';
import { createProgress } from './progress.ts';
import { runScenario } from './scenario.ts';
import { table } from './table.ts';

/** `npm run demo`: returns the exit code. 0: all as expected and nothing left; 1: not so; 2: wrong usage. */
export async function demo(args: readonly string[]): Promise<number> {
  const command = new Command('demo')
    .description('Makes a node, pods and a host beyond in namespaces, and sends real packets.')
    .option('--json', 'print one object and nothing else on standard output')
    .option('--keep', 'leave it running at the end and say how to look around')
    .allowExcessArguments(false)
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    return (error as { exitCode: number }).exitCode === 0 ? 0 : 2;
  }
  const { json, keep } = command.opts<{ json?: boolean; keep?: boolean }>();
  const say = createProgress();
  say('building the plugin');
  buildPlugins();
  say('building a node, the router of its subnet and a host beyond, in namespaces of their own');
  await using lab = await createLab();
  const report = await runScenario(lab, say, keep ? (pods) => hold(lab, pods) : undefined);
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : table(report));
  return report.ok ? 0 : 1;
}
