/** Throw-away network namespaces for tests and demonstrations. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { inside, newNamespace } from '../driver/enter.ts';
import { loopbackUp } from '../driver/loopback.ts';
import { openNamespace } from '../driver/open.ts';
import type { Namespace } from '../namespace.ts';

export interface ExecResult {
  stdout: string;
  stderr: string;
  /** Exit code; 128 + signal number is not used: a command that was killed is -1. */
  code: number;
}

export interface SandboxNamespace {
  /** Works for `nsenter --net=PATH`, as CNI_NETNS, and in every process of the same user. */
  readonly path: string;
  readonly handle: Namespace;
  /** Runs a command inside and waits for its end; never rejects because of an exit code. */
  exec(
    command: string,
    args?: readonly string[],
    options?: { input?: string },
  ): Promise<ExecResult>;
  /** Starts a command inside; it is killed when the sandbox is closed. */
  spawn(command: string, args?: readonly string[], options?: SpawnOptions): ChildProcess;
  /** Gives the namespace back now; with the last holder gone the kernel removes it and its links. */
  remove(): void;
}

export interface Sandbox extends AsyncDisposable {
  /** The namespace of that name, made (with `lo` up) at the first call. */
  namespace(name: string): SandboxNamespace;
  /** Kills what was started inside, waits for it, and gives every namespace back. */
  close(): Promise<void>;
}

/**
 * A set of network namespaces that are held by descriptors of this process alone: nothing is mounted, and
 * however the process ends, the kernel takes them back. Needs CAP_SYS_ADMIN (root, or `unshare -Urnm`).
 */
export async function createSandbox(): Promise<Sandbox> {
  const namespaces = new Map<string, SandboxNamespace>();
  const children = new Set<ChildProcess>();
  const close = async (): Promise<void> => {
    await Promise.all([...children].map(endOf));
    for (const namespace of namespaces.values()) namespace.remove();
    namespaces.clear();
  };
  return {
    namespace(name) {
      const known = namespaces.get(name);
      if (known) return known;
      const made = makeNamespace(children, () => namespaces.delete(name));
      namespaces.set(name, made);
      return made;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.kill('SIGKILL');
  });
}

function makeNamespace(children: Set<ChildProcess>, forget: () => void): SandboxNamespace {
  const fd = newNamespace();
  const path = `/proc/${process.pid}/fd/${fd}`;
  inside(fd, path, loopbackUp);
  const handle = openNamespace(path);
  const start: SandboxNamespace['spawn'] = (command, args = [], options = {}) => {
    const child = spawn('nsenter', [`--net=${path}`, '--', command, ...args], options);
    children.add(child);
    child.once('close', () => children.delete(child));
    child.once('error', () => children.delete(child));
    return child;
  };
  let removed = false;
  return {
    path,
    handle,
    spawn: start,
    exec(command, args, { input = '' } = {}) {
      // With nothing to read it gets no socket: a shell takes one for a login over the network, and reads its user's files.
      const child = start(command, args, {
        stdio: [input === '' ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      });
      return collect(child, input);
    },
    remove() {
      if (removed) return;
      removed = true;
      forget();
      handle.close();
      closeSync(fd);
    },
  };
}

function collect(child: ChildProcess, input: string): Promise<ExecResult> {
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  // A command that does not read its input closes the pipe: that is no failure of the command.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...output, code: code ?? -1 }));
  });
}
