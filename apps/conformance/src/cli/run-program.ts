import { type Command, CommanderError } from 'commander';
import { UsageError } from './usage-error.ts';

/**
 * Runs a command line; gives 2 for wrong usage, else what `exitCode` says. A program that cannot work ends with 2 too:
 * 1 is for what was found.
 */
export async function runProgram(
  program: Command,
  argv: readonly string[],
  { stderr, exitCode }: { stderr: { write(text: string): unknown }; exitCode: () => number },
): Promise<number> {
  prepare(program);
  try {
    await program.parseAsync(argv as string[], { from: 'user' });
    return exitCode();
  } catch (error) {
    // Commander has already written its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const words = error instanceof UsageError ? error.message : ((error as Error).stack ?? error);
    stderr.write(`${program.name()}: ${words}\n`);
    return 2;
  }
}

function prepare(command: Command): void {
  command.exitOverride().showHelpAfterError('(--help shows what there is)');
  for (const child of command.commands) prepare(child);
}
