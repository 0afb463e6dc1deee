import { openSandbox } from '@vcn-cni/cni-conformance/harness';
import { limitsOf, probeLine } from './limits.ts';

/** What this machine and user leave out, found out in a sandbox. Throws Error where none can be made. */
export async function probeLimits(): Promise<string[]> {
  await using sandbox = await openSandbox();
  const { stdout } = await sandbox.exec(['sh', '-c', probeLine]);
  return limitsOf(new Set(stdout.split('\n')));
}
