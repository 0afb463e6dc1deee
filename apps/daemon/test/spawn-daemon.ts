import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./fake-daemon.ts', import.meta.url));

export interface SpawnedDaemon extends AsyncDisposable {
  child: ChildProcess;
  lines: string[];
  /** Resolves with the first line of the log that holds the text; rejects when the process ends before. */
  said(text: string): Promise<string>;
  /** Exit code, or the signal's name. */
  ended: Promise<number | string>;
}

/** A daemon in a process of its own, which a test may kill. */
export function spawnDaemon(directory: string, ...flags: string[]): SpawnedDaemon {
  const child = spawn(
    process.execPath,
    ['--conditions=@vcn-cni/source', script, directory, ...flags],
    { stdio: ['ignore', 'inherit', 'pipe'] },
  );
  const lines: string[] = [];
  const waiting: { text: string; resolve: (line: string) => void; reject: (e: Error) => void }[] =
    [];
  createInterface({ input: child.stderr! }).on('line', (line) => {
    lines.push(line);
    for (const entry of waiting) if (line.includes(entry.text)) entry.resolve(line);
  });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  void ended.then(() => {
    for (const { text, reject } of waiting)
      reject(new Error(`ended without saying "${text}":\n${lines.join('\n')}`));
  });
  return {
    child,
    lines,
    ended,
    said(text) {
      const found = lines.find((line) => line.includes(text));
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((resolve, reject) => waiting.push({ text, resolve, reject }));
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}
