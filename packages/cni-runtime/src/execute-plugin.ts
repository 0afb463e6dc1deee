import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import type { ProcessEnvironment } from './plugin-environment.ts';

export interface PluginExecution {
  /** The plugin's file. */
  path: string;
  /** All of it: nothing is inherited. */
  environment: ProcessEnvironment;
  stdin: string | Uint8Array;
  /** Kills the plugin when aborted, and every process of its group. */
  signal?: AbortSignal | undefined;
  /** Command that executes the plugin, as `['nsenter', '--net=/run/netns/a', '--']`. */
  commandPrefix?: readonly string[] | undefined;
}

export interface PluginOutcome {
  /** 128 plus the number of the signal, if one ended it. */
  exitCode: number;
  stdout: string;
  stderr: string;
  signal?: NodeJS.Signals;
}

/** A file that is being replaced is busy for a moment (ETXTBSY): milliseconds to wait before each new try. */
const retryDelays = [50, 100, 200, 400, 800, 1600];

/**
 * Executes a plugin once and returns what it did, whatever that was. Rejects with the reason of `signal` when
 * aborted, after the plugin was killed, and with CniError 5 if it cannot be executed at all.
 */
export async function executePlugin(execution: PluginExecution): Promise<PluginOutcome> {
  for (const wait of retryDelays) {
    try {
      return await execute(execution);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ETXTBSY') throw refused(execution, error);
    }
    await delay(wait, undefined, execution.signal ? { signal: execution.signal } : {});
  }
  return execute(execution).catch((error: unknown) => {
    throw refused(execution, error);
  });
}

function refused({ path, signal }: PluginExecution, error: unknown): unknown {
  if (signal?.aborted) return signal.reason;
  const reason = error instanceof Error ? error.message : String(error);
  return new CniError(ErrorCode.IoFailure, `cannot execute ${path}`, reason, { cause: error });
}

async function execute(execution: PluginExecution): Promise<PluginOutcome> {
  const { path, environment, stdin, signal, commandPrefix = [] } = execution;
  signal?.throwIfAborted();
  const [command = path, ...args] = [...commandPrefix, path];
  const { promise, resolve, reject } = Promise.withResolvers<PluginOutcome>();
  // Detached: a group of its own, so that what the plugin started can be killed with it.
  const child = spawn(command, args, { env: { ...environment }, stdio: 'pipe', detached: true });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // A plugin may exit without reading; its exit code tells the story, not EPIPE.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);

  const stop = () => {
    killGroup(child.pid);
    // A grandchild that left the group may hold the pipes open for as long as it likes.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  signal?.addEventListener('abort', stop, { once: true });
  child.on('error', reject);
  child.on('close', (code, by) => {
    signal?.removeEventListener('abort', stop);
    if (signal?.aborted) return reject(signal.reason);
    resolve({
      exitCode: code ?? 128 + constants.signals[by!],
      stdout: Buffer.concat(out).toString(),
      stderr: Buffer.concat(err).toString(),
      ...(by ? { signal: by } : {}),
    });
  });
  return await promise;
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    // None of the group is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
