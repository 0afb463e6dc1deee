#!/usr/bin/env node
/** vcn-sim: a simulated OCI on this machine, until it is stopped. Exit codes: 0 done, 1 failed, 2 usage. */
import { type CommandLine, help, parseCommandLine, UsageError } from './cli/command-line.ts';
import { isolate } from './cli/isolate.ts';
import { formatReport } from './cli/report.ts';

async function main(args: readonly string[]): Promise<void> {
  const line = parseCommandLine(args);
  if (line.help) {
    process.stdout.write(help);
    return;
  }
  if (!line.apiOnly) isolate();
  await run(line);
}

async function run(line: CommandLine): Promise<void> {
  // Told early, so that a stop while it starts still cleans up. Each signal may come twice: from the
  // terminal, and from the npm that the terminal told too.
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
  const { simulate } = await import('./cli/simulate.ts');
  await using simulation = await simulate(line);
  const { report } = simulation;
  process.stdout.write(line.json ? `${JSON.stringify(report)}\n` : formatReport(report));
  await stopped;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError;
  const hint = isUsage ? ' (--help shows what there is)' : '';
  process.stderr.write(`vcn-sim: ${(error as Error).message}${hint}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
