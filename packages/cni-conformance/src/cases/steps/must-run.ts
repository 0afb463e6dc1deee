import type { CommandResult, Container, PluginHarness } from '../../plugin-harness.ts';

/** A line of sh that prepares a case. Throws Error where it fails: the case cannot be judged then. */
export async function mustRun(
  on: PluginHarness,
  where: 'host' | Container,
  line: string,
): Promise<CommandResult> {
  const done = await on.sh(where, line);
  if (done.exitCode === 0) return done;
  throw new Error(`cannot prepare: ${line}: ${done.stderr.trim()}`);
}
