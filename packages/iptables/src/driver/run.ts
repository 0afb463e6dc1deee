import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Finished {
  exitCode: number | null;
  /** The lines of standard output that `keep` was true for. */
  stdout: string;
  stderr: string;
}

/**
 * Runs a program to its end, with `input` on standard input. Output is sorted out line by line as it comes: a node's
 * save may have ten thousands of lines, and reading them in one go would hold up everything else.
 * Rejects with the spawn error or the signal's reason.
 */
export function run(
  command: readonly string[],
  input: string,
  signal: AbortSignal,
  keep: (line: string) => boolean,
): Promise<Finished> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    // Messages are read by us: they must be in the language we know.
    const env = { ...process.env, LC_ALL: 'C' };
    const child = spawn(program, args, { env, signal, killSignal: 'SIGKILL' });
    const lines: string[] = [];
    const stderr: string[] = [];
    const output = createInterface({ input: child.stdout });
    output.on('line', (line) => {
      if (keep(line)) lines.push(`${line}\n`);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
    child.on('error', reject);
    const read = new Promise<void>((done) => output.once('close', done));
    child.on('close', async (exitCode) => {
      await read;
      resolve({ exitCode, stdout: lines.join(''), stderr: stderr.join('') });
    });
    // A program that ends before it has read its input says why on standard error.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
