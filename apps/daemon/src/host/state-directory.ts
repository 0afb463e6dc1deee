import { chmod, lstat, mkdir, readdir } from 'node:fs/promises';

/**
 * Makes a directory that only its owner may enter, or closes one that is too open. Only a directory that is empty or
 * holds `mark` is closed: a path such as /run, given by mistake, must not be shut for everybody else.
 * @throws Error naming the path and what to do.
 */
export async function ensurePrivateDirectory(path: string, mark?: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const found = await lstat(path);
  if (!found.isDirectory()) throw new Error(`${path} is not a directory; remove it`);
  if (found.uid !== process.geteuid?.())
    throw new Error(`${path} belongs to user ${found.uid}; run as that user or remove it`);
  if ((found.mode & 0o777) === 0o700) return;
  const entries = await readdir(path);
  if (mark !== undefined && entries.length > 0 && !entries.includes(mark))
    throw new Error(
      `${path} is open to others and holds what is not ours (${entries.slice(0, 3).join(', ')}); give it mode 0700 or name another directory`,
    );
  await chmod(path, 0o700);
}
