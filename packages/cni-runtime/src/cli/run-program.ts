import { type Command, CommanderError } from 'commander';

/** Runs a command line to its exit code, which is that of cnitool: 1 for every failure, wrong usage too. */
export async function runProgram(
  program: Command,
  argv: readonly string[],
  stderr: { write(text: string): unknown },
): Promise<0 | 1> {
  for (const command of [program, ...program.commands]) {
    command.exitOverride().showHelpAfterError('(--help shows what there is)');
    command.configureOutput({ writeErr: (text) => stderr.write(text) });
  }
  try {
    await program.parseAsync(argv as string[], { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has already written its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}
