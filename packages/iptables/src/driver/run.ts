import { spawn } from 'node:child_process';

export interface Finished {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end, with `input` on standard input. Rejects with the spawn error or the signal's reason. */
export function run(
  command: readonly string[],
  input: string,
  signal: AbortSignal,
): Promise<Finished> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    // Messages are read by us: they must be in the language we know.
    const env = { ...process.env, LC_ALL: 'C' };
    const child = spawn(program, args, { env, signal, killSignal: 'SIGKILL' });
    const stdout: string[] = [];
    const stderr: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
    child.on('error', reject);
    child.on('close', (exitCode) =>
      resolve({ exitCode, stdout: stdout.join(''), stderr: stderr.join('') }),
    );
    // A program that ends before it has read its input says why on standard error.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
