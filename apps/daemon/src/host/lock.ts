/** One daemon at a time: an exclusive flock on a file of the state directory, which the kernel lifts when its holder ends. */
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Libc } from './libc.ts';

/** How soon a waiting daemon sees that the lock is free; a part of the gap of a hand-over. */
const retryMs = 20;

export class LockHeldError extends Error {
  override readonly name = 'LockHeldError';
  readonly path: string;
  constructor(path: string, holder: string) {
    super(
      `another vcn-cnid${holder} holds ${path}; stop it first, or start with --wait-lock to take over when it stops`,
    );
    this.path = path;
  }
}

export interface LockOptions {
  path: string;
  /** Wait for the present holder to stop, instead of giving up. */
  wait: boolean;
  signal?: AbortSignal;
  /** Called once, before the first wait. */
  onWait?: (holder: string) => void;
}

/**
 * @returns what gives the lock back.
 * @throws LockHeldError when another process holds it and `wait` is false.
 */
export async function takeLock(libc: Libc, options: LockOptions): Promise<AsyncDisposable> {
  const signal = options.signal ?? new AbortController().signal;
  let told = false;
  for (;;) {
    const file = await open(options.path, 'a+', 0o600);
    try {
      while (!libc.tryLock(file.fd)) {
        if (!options.wait) throw new LockHeldError(options.path, await holderOf(options.path));
        if (!told) options.onWait?.(await holderOf(options.path));
        told = true;
        await delay(retryMs, undefined, { signal });
      }
      if (await isStill(options.path, file)) {
        await file.truncate();
        await file.write(`${process.pid}\n`);
        return { [Symbol.asyncDispose]: () => file.close() };
      }
      await file.close();
    } catch (error) {
      await file.close();
      throw error;
    }
  }
}

async function holderOf(path: string): Promise<string> {
  const text = await readFile(path, 'latin1').catch(() => '');
  return /^\d+\n$/.test(text) ? ` (pid ${text.trim()})` : '';
}

/** A lock on a file that has since been removed or replaced excludes nobody. */
async function isStill(path: string, file: FileHandle): Promise<boolean> {
  const [there, held] = await Promise.all([stat(path).catch(() => undefined), file.stat()]);
  return there?.ino === held.ino && there.dev === held.dev;
}
