import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a laboratory keeps its files: removed at the end. */
export async function openDirectory(
  stack: AsyncDisposableStack,
  wanted: string | undefined,
): Promise<string> {
  const directory = wanted ?? (await mkdtemp(join(tmpdir(), 'vcn-cni-lab-')));
  await mkdir(directory, { recursive: true });
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
