import { setTimeout as sleep } from 'node:timers/promises';
import type { Hints } from '../hints.ts';
import type { Sandbox } from './sandbox.ts';
import { ownFolder } from './sandbox-script.ts';

const daemonLog = `${ownFolder}/daemon.log`;
const readyWithinMs = 20_000;

/**
 * Makes what the hints say that a plugin needs: links, and its daemon, which lives as long as the sandbox. Throws
 * Error with the words of what failed.
 */
export async function prepareSandbox(
  sandbox: Sandbox,
  { setup, daemon }: Pick<Hints, 'setup' | 'daemon'>,
): Promise<void> {
  for (const line of setup) {
    const { exitCode, stderr } = await sandbox.exec(['sh', '-c', line]);
    if (exitCode !== 0) throw new Error(`hints.setup failed: ${line}: ${stderr.trim()}`);
  }
  if (!daemon) return;
  const start = `{ ${daemon.start}\n} >${daemonLog} 2>&1 </dev/null &`;
  await sandbox.exec(['sh', '-c', start]);
  const until = performance.now() + readyWithinMs;
  while (!(await isReady(sandbox, daemon))) {
    if (performance.now() > until) {
      const { stdout } = await sandbox.exec(['tail', '-n', '20', daemonLog]);
      throw new Error(`hints.daemon is not ready after 20 s: ${daemon.ready}\n${stdout}`);
    }
    await sleep(20);
  }
}

/** Whether the daemon serves now. */
export async function isReady(
  sandbox: Sandbox,
  { ready }: NonNullable<Hints['daemon']>,
): Promise<boolean> {
  return (await sandbox.exec(['sh', '-c', ready])).exitCode === 0;
}
