import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { buildPlugins, createLab, referencePlugins } from '@vcn-cni/lab';
import { Command, InvalidArgumentError } from 'commander';
import { measure } from './measure.ts';
import { formatReport } from './report.ts';

/** `npm run bench`: returns the exit code. */
export async function bench(args: readonly string[]): Promise<number> {
  const command = new Command('bench')
    .description(
      'Executes the plugin and the reference plugins in turn, and compares pair by pair.',
    )
    .option('--pairs <number>', 'counted pairs', countOf, 60)
    .option('--json', 'print one object and nothing else on standard output')
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    return (error as { exitCode: number }).exitCode === 0 ? 0 : 2;
  }
  if (!existsSync(`${referencePlugins}/ptp`)) {
    process.stderr.write('no reference plugins: apt-get install containernetworking-plugins\n');
    return 1;
  }
  const { json, pairs } = command.opts<{ json?: boolean; pairs: number }>();
  buildPlugins();
  const load = loadavg()[0]!;
  await using lab = await createLab({ blocks: ['10.77.1.0/26'] });
  const report = { ...(await measure(lab, pairs)), pairs, loadAverageBefore: load };
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : formatReport(report));
  return 0;
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 10_000) return count;
  throw new InvalidArgumentError('a number from 1 to 10000');
}
