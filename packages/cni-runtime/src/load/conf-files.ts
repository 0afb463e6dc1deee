import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unreadable } from './load-error.ts';

/**
 * Files of a folder, not of those below it, that end in one of `extensions` (`.conflist`), sorted. None if the
 * folder does not exist; LoadError if it cannot be read.
 */
export async function confFiles(folder: string, extensions: readonly string[]): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .filter((name) => extensions.some((extension) => name.endsWith(extension)))
      .sort(byBytes)
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(folder, error);
  }
}

/** As every other runtime sorts: JavaScript would put surrogates before the last of the plane. */
function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
