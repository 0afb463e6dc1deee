import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../src/main.ts');

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Words before the command. */
  readonly prefix?: readonly string[];
  /** Sends the signal as soon as standard output holds the text. */
  readonly interrupt?: { readonly signal: NodeJS.Signals; readonly after: string };
}

/** Runs the command from its sources. */
export async function runCommand(
  argv: readonly string[],
  { prefix = [], interrupt }: RunOptions = {},
): Promise<Ran> {
  const words = [process.execPath, '--conditions=@vcn-cni/source', main, ...argv];
  const [file, ...args] = [...prefix, ...words] as [string, ...string[]];
  const env = { ...process.env, NO_COLOR: '1' };
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let stdout = '';
  let stderr = '';
  let sent = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (!interrupt || sent || !stdout.includes(interrupt.after)) return;
    sent = true;
    child.kill(interrupt.signal);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}
