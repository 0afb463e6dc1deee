import { spawn } from 'node:child_process';
import type { Call } from '../plugin-harness.ts';

export interface Execution {
  readonly command: readonly [string, ...string[]];
  /** All of it: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly deadlineMs: number;
  /** SIGKILL after so many milliseconds, as a test of what is left. */
  readonly killAfterMs?: number;
}

export type Executed = Omit<Call, 'verb' | 'document'>;

/** Runs a command to its end, or to its deadline: then its whole process group is killed. Throws if it cannot start. */
export function execute(execution: Execution): Promise<Executed> {
  const [file, ...args] = execution.command;
  const { promise, resolve, reject } = Promise.withResolvers<Executed>();
  const began = performance.now();
  const child = spawn(file, args, {
    env: execution.environment,
    stdio: 'pipe',
    detached: true,
    cwd: '/',
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  let timedOut = false;
  const stop = () => {
    if (child.pid !== undefined) killGroup(child.pid);
    // What it started may have left the group and hold the pipes.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const deadline = setTimeout(() => {
    timedOut = true;
    stop();
  }, execution.deadlineMs);
  const kill =
    execution.killAfterMs === undefined ? undefined : setTimeout(stop, execution.killAfterMs);
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // A program may end without reading: its exit code tells the story, not EPIPE.
  child.stdin.on('error', () => {});
  child.stdin.end(execution.stdin ?? '');
  const ended = () => {
    clearTimeout(deadline);
    clearTimeout(kill);
  };
  child.on('error', (error) => {
    ended();
    reject(error);
  });
  child.on('close', (exitCode, signal) => {
    ended();
    resolve({
      exitCode,
      ...(signal ? { signal } : {}),
      timedOut,
      stdout: Buffer.concat(out).toString(),
      stderr: Buffer.concat(err).toString(),
      durationMs: performance.now() - began,
    });
  });
  return promise;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
