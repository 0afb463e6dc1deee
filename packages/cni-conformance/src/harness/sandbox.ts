import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type Executed, execute } from './execute.ts';
import { sandboxScript } from './sandbox-script.ts';

export interface ExecOptions {
  /** Path of a network namespace, as it is seen inside; default: the sandbox's host namespace. */
  netns?: string;
  environment?: Readonly<Record<string, string>>;
  stdin?: string | Uint8Array;
  deadlineMs?: number;
  killAfterMs?: number;
}

/** A machine of its own for one case: network, mounts and processes. */
export interface Sandbox extends AsyncDisposable {
  /** Where its files are seen from outside: `/proc/PID/root`, or nothing where it is this machine. */
  readonly root: string;
  exec(command: readonly [string, ...string[]], options?: ExecOptions): Promise<Executed>;
}

/** Where commands are looked for, whatever the caller's shell knows. */
export const searchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const commandDeadlineMs = 60_000;

/**
 * Opens a sandbox. When it is disposed of, or this process ends in any way, its processes are killed and the
 * kernel takes back its namespaces and files. Needs CAP_SYS_ADMIN (root, or `unshare -Urnm`). Throws Error with
 * the words of `unshare` where it cannot.
 */
export async function openSandbox(): Promise<Sandbox> {
  const args = [
    ...['--net', '--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private'],
    ...['sh', '-c', sandboxScript],
  ];
  const child = spawn('unshare', args, { stdio: 'pipe', env: { PATH: searchPath } });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  child.stdin.on('error', () => {});
  const closed = once(child, 'close');
  const first = createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  const failed = closed.then(() => {
    throw new Error(`no sandbox can be made here: ${words.trim() || 'unshare failed'}`);
  });
  const { value } = await Promise.race([first, failed]);
  // An iterator that ends says undefined, a moment before the process is closed.
  const pid = Number(value ?? (await failed));
  failed.catch(() => {});
  // Nothing waits for a sandbox that is idle; it ends with this process.
  const handles = [child, ...([child.stdin, child.stdout, child.stderr] as Socket[])];
  for (const each of handles) each.unref();
  const root = `/proc/${pid}/root`;
  return {
    root,
    exec: (
      command,
      { netns, environment = {}, stdin, deadlineMs = commandDeadlineMs, killAfterMs } = {},
    ) =>
      execute({
        command: [
          ...(['nsenter', `--target=${pid}`, '--mount', '--pid'] as const),
          netns === undefined ? '--net' : `--net=${root}${netns}`,
          ...['--', ...command],
        ],
        environment: { PATH: searchPath, ...environment },
        deadlineMs,
        ...(stdin !== undefined && { stdin }),
        ...(killAfterMs !== undefined && { killAfterMs }),
      }),
    async [Symbol.asyncDispose]() {
      for (const each of handles) each.ref();
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** The machine as it is, for a plugin whose daemon runs on it. Nothing is undone when it is disposed of. */
export const thisMachine = (): Sandbox => ({
  root: '',
  exec: (
    command,
    { netns, environment = {}, stdin, deadlineMs = commandDeadlineMs, killAfterMs } = {},
  ) =>
    execute({
      command: netns === undefined ? command : ['nsenter', `--net=${netns}`, '--', ...command],
      environment: { PATH: searchPath, ...environment },
      deadlineMs,
      ...(stdin !== undefined && { stdin }),
      ...(killAfterMs !== undefined && { killAfterMs }),
    }),
  [Symbol.asyncDispose]: async () => {},
});
