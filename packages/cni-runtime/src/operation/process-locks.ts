import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFile } from './file-lock.ts';
import type { OperationLocks } from './operation-locks.ts';

/**
 * The same order between all processes that name the same folder: work for one container in turn, GC alone. The files
 * stay, one of 256 for a container, so that nobody locks a file that another removes.
 */
export function betweenProcesses(locks: OperationLocks, folder: string): OperationLocks {
  const lock = async (name: string, mode: 'shared' | 'exclusive', signal?: AbortSignal) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return lockFile(join(folder, name), mode, signal);
  };
  return {
    forContainer: (containerId, work, signal) =>
      locks.forContainer(
        containerId,
        async () => {
          await using _all = await lock('all', 'shared', signal);
          await using _own = await lock(fileOf(containerId), 'exclusive', signal);
          return await work();
        },
        signal,
      ),
    forAll: (work, signal) =>
      locks.forAll(async () => {
        await using _all = await lock('all', 'exclusive', signal);
        return await work();
      }, signal),
  };
}

const fileOf = (containerId: string): string =>
  `container-${createHash('sha256').update(containerId).digest('hex').slice(0, 2)}`;
