import { Finding } from '../../../judge/finding.ts';
import type { CommandResult } from '../../../plugin-harness.ts';
import type {
  Operation,
  OperationChange,
  ProbeCall,
  RuntimeAttachment,
  RuntimeHarness,
} from '../../../runtime-harness.ts';

export interface Operated {
  readonly done: CommandResult;
  /** What plugins saw of it. */
  readonly calls: readonly ProbeCall[];
}

/** An operation, and the calls of plugins that it led to. */
export async function operate(
  on: RuntimeHarness,
  operation: Operation,
  attachment: RuntimeAttachment,
  change?: OperationChange,
): Promise<Operated> {
  const before = (await on.calls()).length;
  const done = await on.operate(operation, attachment, change);
  return { done, calls: (await on.calls()).slice(before) };
}

/** The same, which must succeed. Throws Finding `OPERATION-refused`. */
export async function succeed(
  on: RuntimeHarness,
  operation: Operation,
  attachment: RuntimeAttachment,
  change?: OperationChange,
): Promise<readonly ProbeCall[]> {
  const { done, calls } = await operate(on, operation, attachment, change);
  if (done.exitCode !== 0)
    throw new Finding(`${operation}-refused`, `${operation} should succeed; ${ended(done)}`);
  return calls;
}

/** The same, which must fail. Throws Finding with `key`. */
export async function fail(
  on: RuntimeHarness,
  operation: Operation,
  attachment: RuntimeAttachment,
  key: string,
  change?: OperationChange,
): Promise<Operated> {
  const operated = await operate(on, operation, attachment, change);
  if (operated.done.exitCode === 0)
    throw new Finding(key, `${operation} should fail; ${ended(operated.done)}`);
  return operated;
}

/** How a command ended, in a few words. */
export function ended({ exitCode, stdout, stderr }: CommandResult): string {
  const said = (stderr.trim() || stdout.trim()).replace(/\s+/g, ' ').slice(0, 300);
  return `exit ${exitCode}${said ? `: ${said}` : ', without a word'}`;
}
