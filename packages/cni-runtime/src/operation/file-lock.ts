import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CniError, ErrorCode } from '@vcn-cni/cni-spec';

/**
 * Locks a file against other processes, with flock(1) of util-linux: Node has no call for it. It is waited for; the
 * kernel gives it back however this process ends. Rejects with the reason of `signal`, and with CniError 5 where there
 * is no flock or the file cannot be made. Disposing gives it back.
 */
export async function lockFile(
  file: string,
  mode: 'shared' | 'exclusive',
  signal?: AbortSignal,
): Promise<AsyncDisposable> {
  signal?.throwIfAborted();
  // It holds the lock, and says so, until its standard input ends.
  const args = [`--${mode}`, file, 'sh', '-c', 'echo; exec cat'];
  const child = spawn('flock', args, { stdio: 'pipe' });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  child.stdin.on('error', () => {});
  const failed = Promise.withResolvers<never>();
  const giveUp = () => failed.reject(signal?.reason);
  child.once('error', (error) => failed.reject(refused(file, error.message)));
  const closed = once(child, 'close').then(() => failed.reject(refused(file, words.trim())));
  failed.promise.catch(() => {});
  closed.catch(() => {});
  signal?.addEventListener('abort', giveUp, { once: true });
  const release = async () => {
    child.stdin.end();
    await closed;
  };
  try {
    await Promise.race([once(child.stdout, 'data'), failed.promise]);
  } catch (error) {
    child.kill();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
  return { [Symbol.asyncDispose]: release };
}

const refused = (file: string, reason: string): CniError =>
  new CniError(
    ErrorCode.IoFailure,
    `cannot lock ${file}`,
    `${reason || 'flock ended'}; it needs flock of util-linux, and a folder that can be written to`,
  );
