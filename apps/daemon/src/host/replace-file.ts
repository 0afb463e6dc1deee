import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file under a temporary name and renames it: readers see the old or the new one, whole.
 * @param temporary for who is the only writer: what a crash left of it is then overwritten by the next.
 */
export async function replaceFile(
  path: string,
  content: Uint8Array | string,
  mode: number,
  temporary: string = freshName(path),
): Promise<void> {
  try {
    const file = await open(temporary, 'w', mode);
    try {
      await file.writeFile(content);
      await file.chmod(mode);
      // The rename may reach the disk before the content: after a power cut the file would be empty.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Runtimes read every *.conflist of the directory: the temporary name must not look like one. */
function freshName(path: string): string {
  return join(dirname(path), `.vcn-cni-${randomBytes(6).toString('hex')}.tmp`);
}
