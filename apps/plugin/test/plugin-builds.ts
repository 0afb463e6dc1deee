import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface PluginBuild {
  name: string;
  command: readonly string[];
}

const built = (name: string) => fileURLToPath(new URL(`../build/${name}`, import.meta.url));
const relay = built('oci-vcn');

/** Both builds, or the TypeScript plugin alone where there is no compiler. */
export const builds: readonly PluginBuild[] = [
  ...(existsSync(relay) ? [{ name: 'relay', command: [relay] }] : []),
  { name: 'typescript', command: [process.execPath, built('oci-vcn.mjs')] },
];

export interface Execution {
  /** The whole environment of the plugin. */
  env: Record<string, string>;
  /** Nothing is an empty standard input. */
  stdin?: string | Uint8Array;
  /** Runs before the plugin, whose words are its arguments: `sh -c '...; exec "$@"' sh`. */
  prefix?: readonly string[];
  signal?: AbortSignal;
}

export interface Executed {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The error object on standard output. */
  error: { cniVersion: string; code: number; msg: string; details: string };
}

export function execute(build: PluginBuild, execution: Execution): Promise<Executed> {
  const { env, stdin = '', prefix = [], signal } = execution;
  const [program = '', ...words] = [...prefix, ...build.command];
  const child = spawn(program, words, { env: { ...env }, stdio: 'pipe' });
  signal?.addEventListener('abort', () => child.kill('SIGKILL'));
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on('data', (chunk) => output.stdout.push(chunk));
  child.stderr.on('data', (chunk) => output.stderr.push(chunk));
  // A plugin that refuses its input early closes the pipe.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const stdout = Buffer.concat(output.stdout).toString();
      const stderr = Buffer.concat(output.stderr).toString();
      resolve({
        code,
        stdout,
        stderr,
        get error() {
          return JSON.parse(stdout);
        },
      });
    });
  });
}
