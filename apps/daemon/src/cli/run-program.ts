import { type Command, CommanderError } from 'commander';
import { ConfigError } from '../config/config-error.ts';

/** Exit codes of every command: 0 done, 1 found something wrong, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** Runs a command line to its exit code. Errors become one message on standard error. */
export async function runProgram(
  program: Command,
  argv: readonly string[],
  stderr: { write(text: string): unknown },
): Promise<ExitCode> {
  prepare(program);
  try {
    await program.parseAsync(argv as string[], { from: 'user' });
    return (process.exitCode ?? 0) as ExitCode;
  } catch (error) {
    // Commander has already written its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    stderr.write(`${program.name()}: ${(error as Error).message}\n`);
    return error instanceof ConfigError ? 2 : 1;
  }
}

function prepare(command: Command): void {
  command.exitOverride().showHelpAfterError('(--help shows what there is)');
  for (const child of command.commands) prepare(child);
}
