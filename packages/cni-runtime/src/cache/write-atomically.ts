import { constants } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Where files are until they are whole: beside their folder, so that no reader of it meets them. */
export function temporaryFile(file: string): string {
  return join(dirname(dirname(file)), 'unfinished', basename(file));
}

/**
 * Replaces a file by a whole new one (mode 0600, folders 0700): after a crash at any moment there is the old or
 * the new one. What a crash left behind is replaced by the next write of the same file. One writer a file.
 */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const temporary = temporaryFile(file);
  for (const folder of [dirname(file), dirname(temporary)]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  await rm(temporary, { force: true });
  const handle = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  await syncFolder(dirname(file));
}

/** A new name is durable only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
