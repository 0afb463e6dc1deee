import { isolation } from './isolation.ts';
import { IsolationError } from './isolation-error.ts';

const mark = 'VCN_CNI_ISOLATED';

/**
 * Replaces this process, once, by itself in network and mount namespaces of its own; see
 * {@link isolation}. To be called before anything else: the program starts again from its
 * beginning, with the same arguments, and then this returns at once. Where namespaces are not to
 * be had it says so in one line and exits with code 2.
 */
export function isolate(): void {
  if (process.env[mark] === '1') return;
  try {
    const command = [
      ...isolation(),
      process.execPath,
      ...process.execArgv,
      ...process.argv.slice(1),
    ];
    process.execve!('/usr/bin/env', ['env', ...command], { ...process.env, [mark]: '1' });
  } catch (error) {
    if (!(error instanceof IsolationError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
